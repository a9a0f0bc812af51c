import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createPostroadClient } from '../sdk/src/index.ts';
import { MISBEHAVIOURS, openReceivers } from '../simulation/receivers.ts';
import { must } from '../test/setup/market.ts';
import { cpuBetween, processCpuMs } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * Webhooks per second of CPU (Node and PostgreSQL together), beside bare HTTP POSTs of the same bodies to the same
 * receiver by a Node client that keeps its connections. Four owners have a healthy receiver each; fourteen others have
 * one that misbehaves in its own way and as many events waiting. A round ends when the healthy ones have everything.
 * Usage: node bench/webhooks.ts [--events 2000] [--rounds 5] [--width 16] [--seed 1]
 */
const events = option('events', 2_000);
const rounds = option('rounds', 5);
const width = option('width', 16);
const seed = option('seed', 1);
const HEALTHY = 4;
/** They answer with 200 and so get everything, too; the others fail. */
const ANSWERS_200 = new Set([
  'html_instead_of_json',
  'half_json',
  'wrong_encoding',
  'huge_answer',
  'stale_answer',
]);
/** Events of so many subjects come in turns, as those of parcels under way do. */
const SUBJECTS = 200;

type Sent = { readonly headers: IncomingHttpHeaders; readonly body: Buffer };
type Post = { readonly headers: Record<string, string>; readonly body: string };

const stage = await openStage({ POSTROAD_WEBHOOK_LOOPBACK: '1' });
const healthy = await startCounter();
const poster = fork(fileURLToPath(new URL('./posts.main.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  const owners = await openOwners(stage, HEALTHY + MISBEHAVIOURS.length);
  for (const { client } of owners.slice(0, HEALTHY))
    must(await client.post('/v1/webhook-endpoints', { url: healthy.url }));
  const sick = await openReceivers(
    owners.slice(HEALTHY).map(({ key }, index) => ({
      owner: createPostroadClient({ baseUrl: stage.baseUrl, key }),
      habit: MISBEHAVIOURS[index] ?? 'timeout',
      name: `sick ${index}`,
    })),
  );
  const oddDelivered = () =>
    sick.all
      .filter(({ habit }) => ANSWERS_200.has(habit))
      .flatMap(({ received }) => [...received.values()])
      .reduce((sum, times) => sum + times, 0);
  const cpu = {
    delivery: [] as number[],
    node: [] as number[],
    postgres: [] as number[],
    post: [] as number[],
  };
  const perSecond: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    healthy.sent.length = 0;
    const oddBefore = oddDelivered();
    const before = stage.cpu();
    const begun = performance.now();
    await fillFeeds(
      stage,
      owners.map(({ id }) => id),
      round,
    );
    if (round < 0) await stage.analyze();
    while (healthy.sent.length < HEALTHY * events) await sleep(5);
    const took = performance.now() - begun;
    const used = cpuBetween(before, stage.cpu());
    const posts = healthy.sent.map(postOf);
    const delivered = posts.length + oddDelivered() - oddBefore;
    const bare = await postAll(poster, healthy.url, posts);
    // The first round warms up, and the sick ones show themselves.
    if (round < 0) continue;
    cpu.delivery.push((used.node + used.postgres) / delivered);
    cpu.node.push(used.node / delivered);
    cpu.postgres.push(used.postgres / delivered);
    cpu.post.push(bare / posts.length);
    perSecond.push((delivered / took) * 1000);
  }
  await sick.stop();
  printLine({
    bench: 'webhooks',
    unit: 'per second of CPU',
    deliveries: rounded(1000 / median(cpu.delivery), 0),
    posts: rounded(1000 / median(cpu.post), 0),
    ratio: rounded(median(cpu.post) / median(cpu.delivery)),
    nodeMs: rounded(median(cpu.node), 3),
    postgresMs: rounded(median(cpu.postgres), 3),
    deliveriesPerSecond: rounded(median(perSecond), 0),
    ...{ healthy: HEALTHY, sick: MISBEHAVIOURS.length, events, rounds, width, seed },
  });
} finally {
  poster.kill();
  await healthy.stop();
  await stage.stop();
}

/** Answers 200 and keeps what came. */
async function startCounter() {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      sent.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/`, sent, stop };
}

async function openOwners(at: Stage, count: number) {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const organisation = must(
        await at.operator.post<{ id: string }>('/v1/organisations', {
          kind: 'merchant',
          name: `Owner ${index}`,
          country: 'DE',
        }),
      );
      const { secret } = must(
        await at.operator.post<{ secret: string }>('/v1/api-keys', {
          organisation_id: organisation.id,
          role: 'merchant_admin',
          name: 'bench',
        }),
      );
      return { id: organisation.id, key: secret, client: at.client(secret) };
    }),
  );
}

/** Behind the API: the feed's own work is in the bench of the purchase. */
async function fillFeeds(at: Stage, ids: readonly string[], round: number): Promise<void> {
  const first = (round + 2) * 1_000_000;
  await at.sql(`
    insert into notices.organisation_event (organisation_id, position, event_id, type, subject_id, sequence, occurred_at, data)
    select o, ${first} + n * ${ids.length} + i, 'evt_' || lpad(((${first} + n) * 100 + i)::text, 26, '0'), 'parcel.milestone_reached',
      'pcl_' || lpad((n % ${SUBJECTS})::text, 26, '0'), ${first} + n, now(),
      jsonb_build_object('parcel_id', 'pcl_' || lpad((n % ${SUBJECTS})::text, 26, '0'), 'milestone', 'in_transit_local',
        'number', 'PRC' || n, 'occurred_at', now(), 'country', 'DE', 'city', 'Berlin')
    from generate_series(1, ${events}) n, unnest(array[${ids.map((id) => `'${id}'`).join(', ')}]) with ordinality u(o, i)`);
}

function postOf({ headers, body }: Sent): Post {
  const kept = Object.entries(headers).filter(
    ([name]) => name.startsWith('webhook-') || name === 'content-type',
  );
  return { headers: Object.fromEntries(kept) as Record<string, string>, body: body.toString() };
}

/** Answers the CPU of the client in ms. */
async function postAll(client: ChildProcess, url: string, posts: readonly Post[]): Promise<number> {
  client.send({ url, posts, width });
  await once(client, 'message');
  const before = processCpuMs(client.pid ?? 0);
  client.send('go');
  await once(client, 'message');
  return processCpuMs(client.pid ?? 0) - before;
}
