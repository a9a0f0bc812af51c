import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '../sdk/src/index.ts';
import type { Caller } from './caller.ts';
import type { Parties } from './opening.ts';

/** How a receiver of webhooks fails those who call it: the fourteen behaviours of promise G9. */
export const MISBEHAVIOURS = [
  'timeout',
  'refused_connection',
  'reset_in_mid_answer',
  'status_500',
  'status_503_with_retry_after',
  'status_429',
  'status_401_after_rotation',
  'html_instead_of_json',
  'half_json',
  'wrong_encoding',
  'huge_answer',
  'slow_drip',
  'answer_lost',
  'stale_answer',
] as const;
export type ReceiverHabit = (typeof MISBEHAVIOURS)[number] | 'healthy';

export type Receiver = {
  readonly name: string;
  readonly habit: ReceiverHabit;
  readonly owner: Caller;
  /** Place in the owner's feed from which on it is told. */
  readonly after: string;
  /** Ids of events that came with a good signature, with how often. */
  readonly received: Map<string, number>;
  badSignatures: number;
};

export type Receivers = { readonly all: readonly Receiver[]; stop(): Promise<void> };

type Kept = Receiver & { secret: string };

const HUGE_BYTES = 100 * 1024 * 1024;
const DRIP_MS = 1_000;

/** The marketplaces' and the line's receivers are well; each misbehaviour stands at a merchant. */
export function receiverPlan(parties: Parties): { owner: Caller; habit: ReceiverHabit; name: string }[] {
  const line = parties.carriers.get('postroad_line');
  const well = [
    ...parties.marketplaces.map((one) => one.staff),
    ...(line === undefined ? [] : [line.office]),
  ];
  return [
    ...well.map((owner, index) => ({ owner, habit: 'healthy' as const, name: `healthy ${index}` })),
    ...MISBEHAVIOURS.map((habit, index) => {
      const merchant = parties.merchants[index % parties.merchants.length];
      if (merchant === undefined) throw new Error('a world without merchants');
      return { owner: merchant.app, habit, name: habit };
    }),
  ];
}

/** One server for all receivers; each owner has his endpoints on it. Only for a server that may call this machine. */
export async function openReceivers(
  owners: readonly Pick<Receiver, 'owner' | 'habit' | 'name'>[],
): Promise<Receivers> {
  const kept: Kept[] = [];
  const server = createServer((request, response) => {
    const receiver = kept[Number(request.url?.slice(1))];
    if (receiver === undefined) return void response.writeHead(404).end();
    take(receiver, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const closedPort = await portOfNobody();
  for (const [index, { owner, habit, name }] of owners.entries()) {
    const url = `http://127.0.0.1:${habit === 'refused_connection' ? closedPort : port}/${index}`;
    const { endpoint, secret } = await owner.post('/v1/webhook-endpoints', { body: { url } as never });
    kept[index] = {
      name,
      habit,
      owner,
      after: endpoint.cursor,
      received: new Map(),
      badSignatures: 0,
      secret,
    };
    if (habit === 'status_401_after_rotation')
      await owner.post('/v1/webhook-endpoints/{webhook_endpoint_id}/rotate-secret', {
        params: { path: { webhook_endpoint_id: endpoint.id } },
      });
  }
  return { all: kept, stop: () => close(server) };
}

async function take(receiver: Kept, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  try {
    await verifyWebhook({ secret: receiver.secret, headers: request.headers, body });
    const id = String(request.headers['webhook-id']);
    receiver.received.set(id, (receiver.received.get(id) ?? 0) + 1);
  } catch {
    receiver.badSignatures += 1;
  }
  answer(receiver.habit, response);
}

function answer(habit: ReceiverHabit, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  switch (habit) {
    case 'healthy':
      return void response.writeHead(200, json).end('{"ok":true}');
    case 'timeout':
      return;
    case 'refused_connection':
    case 'answer_lost':
      return void response.destroy();
    case 'reset_in_mid_answer':
      response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"ok":');
      return void setTimeout(() => response.destroy(), 10);
    case 'status_500':
      return void response.writeHead(500, json).end('{"error":"ours"}');
    case 'status_503_with_retry_after':
      return void response.writeHead(503, { 'retry-after': '7200' }).end();
    case 'status_429':
      return void response.writeHead(429, { 'retry-after': '60' }).end();
    case 'status_401_after_rotation':
      return void response.writeHead(401).end('the key was rotated');
    case 'html_instead_of_json':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
    case 'half_json':
      return void response.writeHead(200, json).end('{"ok":tr');
    case 'wrong_encoding':
      return void response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-16' })
        .end(Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    case 'huge_answer':
      flood(response, HUGE_BYTES);
      return;
    case 'slow_drip':
      response.writeHead(200, json);
      drip(response, 120);
      return;
    case 'stale_answer':
      return void response
        .writeHead(200, { ...json, date: new Date(Date.now() - 86_400_000).toUTCString(), age: '86400' })
        .end('{"ok":true,"as_of":"yesterday"}');
  }
}

function flood(response: ServerResponse, left: number): void {
  if (response.destroyed) return;
  if (left <= 0) return void response.end();
  const goesOn = response.write(Buffer.alloc(64 * 1024, 0x20));
  const next = () => flood(response, left - 64 * 1024);
  if (goesOn) setImmediate(next);
  else response.once('drain', next);
}

function drip(response: ServerResponse, left: number): void {
  if (response.destroyed || left <= 0) return void response.end();
  response.write(' ');
  setTimeout(() => drip(response, left - 1), DRIP_MS).unref();
}

async function portOfNobody(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await close(probe);
  return port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
