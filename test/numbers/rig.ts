import { spawnSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Caller, createCaller, newTraffic, type Traffic } from '../replay/caller.ts';
import { planKills } from '../replay/kill-plan.ts';
import { type Random, seeded } from '../replay/random.ts';
import { type ServerProcess, startServerProcess } from '../replay/server-process.ts';
import { type NumberJournal, openNumberJournal, type SerialRange } from './checker.ts';

/**
 * Promise G3: a number of our segments is issued once, ever. 32 issuers ask a server for numbers while it is killed
 * with -9, prints fail and their waybills are cancelled; on the way the database is put back to an old copy. All of it
 * goes over the public API, in the test world, whose clock can pass the life of a block.
 */
export type NumbersOptions = {
  readonly count: number;
  readonly kills: number;
  readonly seed: number;
  /** Numbers a request. */
  readonly batch: number;
  readonly say: (line: string) => void;
};
export type NumbersRun = {
  readonly issued: number;
  readonly kills: number;
  readonly cancelled: number;
  readonly printed: number;
  /** Issued after the copy was made and unknown to the database since: they must never come again. */
  readonly forgotten: number;
  /** Serials that nobody was ever given, as the server lists them. */
  readonly gaps: readonly SerialRange[];
  readonly gapSerials: number;
  readonly repeated: number;
  readonly seconds: number;
  readonly breaks: readonly string[];
};

const ISSUERS = 32;
const CARRIER = 'postroad_express_br';
const PREFIX = 'PRB';
const DIGITS = 11;
/** Away from the demo's stock of the same carrier. */
const FROM_SERIAL = 40_000_000_001;
/** Blocks that a kill or the restore loses must not use up the segment. */
const SPARE_SERIALS = 500_000;
/** One batch in so many has a print that fails and is given up, one in so many a print that comes out. */
const FAILED_PRINT_EVERY = 7;
const PRINT_EVERY = 11;
/** Longer than a block lives and is kept open. */
const AFTER_BLOCKS_MS = 3 * 86_400_000;
const SETTLE_MS = 240_000;

type Rig = {
  readonly server: ServerProcess;
  readonly operator: Caller;
  readonly merchant: Caller;
  readonly merchantKey: string;
  readonly segmentId: string;
  readonly journal: NumberJournal;
  readonly options: NumbersOptions;
  readonly random: Random;
  readonly counts: { printed: number; cancelled: number };
  readonly breaks: string[];
  round: number;
};

export async function runNumbers(options: NumbersOptions): Promise<NumbersRun> {
  const began = performance.now();
  const server = await startServerProcess();
  let isClean = false;
  try {
    const traffic = newTraffic();
    const rig = await setUp(server, options, traffic);
    const { kills, forgotten } = await issueAndRestore(rig);
    const gaps = await judgeGaps(rig, forgotten);
    const { count: issued } = rig.journal;
    const breaks = [
      ...rig.breaks,
      ...rig.journal.breaks,
      ...traffic.serverErrors.map((text) => `no 5xx: ${text}`),
      ...(kills === options.kills ? [] : [`${kills} kills instead of ${options.kills}`]),
      ...(issued >= options.count ? [] : [`${issued} numbers instead of ${options.count}`]),
    ];
    isClean = breaks.length === 0;
    return {
      issued,
      kills,
      ...rig.counts,
      forgotten: forgotten.count,
      gaps,
      gapSerials: sizeOf(gaps),
      repeated: traffic.repeated,
      seconds: (performance.now() - began) / 1000,
      breaks,
    };
  } finally {
    await server.stop();
    if (isClean) server.removeFolder();
    else options.say(`  kept for looking: ${server.folder}`);
  }
}

async function setUp(server: ServerProcess, options: NumbersOptions, traffic: Traffic): Promise<Rig> {
  const operatorKey = server
    .demo()
    .principals.find((one) => one.world === 'test' && one.organisation === 'operator')?.key;
  const operator = createCaller(server, operatorKey ?? '', traffic);
  const opened = await operator.post<{ id: string }>(
    '/v1/organisations',
    { kind: 'marketplace', name: 'Numbers', country: 'BR' },
    'marketplace',
  );
  const mint = async (by: Caller, organisationId: string, role: string) =>
    (
      await by.post<{ secret: string }>(
        '/v1/api-keys',
        { organisation_id: organisationId, role, name: 'numbers' },
        `key-${role}`,
      )
    ).secret;
  const marketplace = createCaller(server, await mint(operator, opened.id, 'marketplace_staff'), traffic);
  const merchant = await marketplace.post<{ id: string }>(
    '/v1/organisations',
    { kind: 'merchant', name: 'Numbers', country: 'BR' },
    'merchant',
  );
  const merchantKey = await mint(marketplace, merchant.id, 'merchant_admin');
  const toSerial = FROM_SERIAL + options.count + SPARE_SERIALS - 1;
  // A stock of the merchant's own comes first, so that every number of this run is of this segment.
  const segment = await operator.post<{ id: string }>(
    '/v1/number-segments',
    {
      carrier_code: CARRIER,
      holder: merchant.id,
      prefix: PREFIX,
      digits: DIGITS,
      from_serial: FROM_SERIAL,
      to_serial: toSerial,
      check_rule: 'mod11',
    },
    'segment',
  );
  return {
    server,
    operator,
    merchant: createCaller(server, merchantKey, traffic),
    merchantKey,
    segmentId: segment.id,
    journal: openNumberJournal({ prefix: PREFIX, digits: DIGITS, fromSerial: FROM_SERIAL, toSerial }),
    options,
    random: seeded(options.seed),
    counts: { printed: 0, cancelled: 0 },
    breaks: [],
    round: 0,
  };
}

/** What the restored database does not know. */
type Forgotten = { readonly count: number; readonly afterSerial: number; readonly upToSerial: number };

/** A third; an old copy; a third that the copy does not know; the copy is put back; the rest. */
async function issueAndRestore(rig: Rig): Promise<{ kills: number; forgotten: Forgotten }> {
  const { server, options, journal } = rig;
  const third = Math.floor(options.count / 3);
  const share = Math.floor(options.kills / 3);
  const copy = join(server.folder, 'old-copy');
  let kills = await issueWhileKilled(rig, third, share);
  await server.whileStopped(async (folder) => copyAll(join(folder, 'postgres'), copy));
  options.say('  an old copy of the database is kept');
  const [before, afterSerial] = [journal.count, journal.highest];
  kills += await issueWhileKilled(rig, third, share);
  const [count, upToSerial] = [journal.count - before, journal.highest];
  await server.whileStopped(async (folder) => {
    await rm(join(folder, 'postgres'), { recursive: true });
    await rename(copy, join(folder, 'postgres'));
  });
  await confirmTheRestore(rig);
  options.say('  the old copy is back, the restore confirmed');
  kills += await issueWhileKilled(rig, options.count - 2 * third, options.kills - 2 * share);
  return { kills, forgotten: { count, afterSerial, upToSerial } };
}

/** Keeps owners and rights, without which PostgreSQL does not start. */
function copyAll(from: string, to: string): void {
  const copied = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(`the copy failed: ${copied.stderr}`);
}

async function issueWhileKilled(rig: Rig, count: number, kills: number): Promise<number> {
  const { options } = rig;
  const plan = planKills(rig.server, kills, rig.random, options.say);
  let left = count;
  let done = 0;
  const issuer = async () => {
    while (left > 0) {
      const size = Math.min(options.batch, left);
      left -= size;
      rig.round += 1;
      await issueBatch(rig, rig.round, size);
      done += size;
      plan.onEvent(done, count);
    }
  };
  await Promise.all(Array.from({ length: ISSUERS }, issuer));
  return plan.finished();
}

async function issueBatch(rig: Rig, round: number, size: number): Promise<void> {
  const requests = Array.from({ length: size }, (_, index) => ({
    object_id: `r${round}-${index}`,
    carrier_code: CARRIER,
  }));
  const answer = await rig.merchant.post<{ results: { waybill?: { id: string; number: string } }[] }>(
    '/v1/waybills',
    { requests },
    `issue-${round}`,
  );
  for (const { waybill } of answer.results) {
    if (waybill === undefined) rig.breaks.push(`batch ${round} has a request without a number`);
    else rig.journal.note(waybill.number);
  }
  const first = answer.results[0]?.waybill;
  if (first === undefined) return;
  if (round % FAILED_PRINT_EVERY === 0) await failToPrint(rig, first.id, round);
  else if (round % PRINT_EVERY === 0) await print(rig, first.id, round);
}

async function print(rig: Rig, waybillId: string, round: number): Promise<void> {
  await rig.merchant.post(`/v1/waybills/${waybillId}/labels`, LABEL, `print-${round}`);
  rig.counts.printed += 1;
}

const LABEL = { format: 'zpl', size: '100x150mm' };

/** The printer jams: the number is given back and the label asked for again, which must be refused. */
async function failToPrint(rig: Rig, waybillId: string, round: number): Promise<void> {
  await rig.merchant.post(`/v1/waybills/${waybillId}/cancellation`, {}, `cancel-${round}`);
  rig.counts.cancelled += 1;
  const answer = await rig.merchant.ask(`/v1/waybills/${waybillId}/labels`, LABEL, `failed-${round}`);
  if (answer.status < 400) rig.breaks.push(`the label of the cancelled waybill ${waybillId} was printed`);
}

/** Before the confirmation nothing may be issued; asked without the patience that waits for a server to come back. */
async function confirmTheRestore(rig: Rig): Promise<void> {
  const response = await fetch(`${await rig.server.baseUrl()}/v1/waybills`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rig.merchantKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [{ object_id: 'fenced', carrier_code: CARRIER }] }),
  });
  const { code } = (await response.json()) as { code?: string };
  if (code !== 'issuing_fenced')
    rig.breaks.push(`after the restore a number was answered with ${response.status} ${code ?? ''}`);
  await rig.operator.post('/v1/number-segments/restore-confirmation', {}, 'confirm');
}

/**
 * When every block is closed, the server's list of gaps and the clients' notes must be each other's rest: a serial is
 * either in a client's hand or a gap, and both only when the restored database forgot it.
 */
async function judgeGaps(rig: Rig, forgotten: Forgotten): Promise<SerialRange[]> {
  const { now } = await rig.operator.get<{ now: string }>('/v1/test/clock');
  const later = new Date(Date.parse(now) + AFTER_BLOCKS_MS).toISOString();
  await rig.operator.post('/v1/test/clock', { now: later, running: true }, 'clock');
  const known = rig.journal.count - forgotten.count;
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const { stock } = await rig.operator.get<{ stock: { used: number; lost: number } }>(
      `/v1/number-segments/${rig.segmentId}`,
    );
    const listed = await allGaps(rig);
    const isSettled = stock.used === known && stock.lost === sizeOf(listed);
    const missing = rig.journal.gapsUpTo(FROM_SERIAL + stock.used + stock.lost - 1);
    const faults = isSettled ? faultsOf(rig, listed, missing, forgotten) : [];
    if (isSettled && faults.length === 0) return missing;
    if (performance.now() > deadline) {
      rig.breaks.push(
        ...faults,
        `used ${stock.used}, known to clients ${known}; lost ${stock.lost}, listed ${sizeOf(listed)}`,
      );
      return missing;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function faultsOf(
  rig: Rig,
  listed: readonly SerialRange[],
  missing: readonly SerialRange[],
  forgotten: Forgotten,
): string[] {
  const faults: string[] = [];
  let inHand = 0;
  for (const gap of listed) {
    for (let serial = gap.fromSerial; serial <= gap.toSerial; serial += 1) {
      if (!rig.journal.has(serial)) continue;
      inHand += 1;
      if (serial <= forgotten.afterSerial || serial > forgotten.upToSerial)
        faults.push(`${serial} is in a client's hand and listed as a gap`);
    }
  }
  if (inHand !== forgotten.count)
    faults.push(`${inHand} gaps are in hands, ${forgotten.count} were forgotten`);
  if (sizeOf(listed) - inHand !== sizeOf(missing))
    faults.push(
      `${sizeOf(missing)} serials are in no hand, the server lists ${sizeOf(listed) - inHand} of them`,
    );
  return faults.slice(0, 20);
}

async function allGaps(rig: Rig): Promise<SerialRange[]> {
  const gaps: SerialRange[] = [];
  for (;;) {
    const after = gaps.at(-1)?.toSerial ?? -1;
    const page = await rig.operator.get<{ data: { from_serial: number; to_serial: number }[] }>(
      `/v1/number-segments/${rig.segmentId}/gaps?limit=1000&after_serial=${after}`,
    );
    gaps.push(...page.data.map((one) => ({ fromSerial: one.from_serial, toSerial: one.to_serial })));
    if (page.data.length < 1000) return gaps;
  }
}

const sizeOf = (ranges: readonly SerialRange[]) =>
  ranges.reduce((sum, one) => sum + one.toSerial - one.fromSerial + 1, 0);
