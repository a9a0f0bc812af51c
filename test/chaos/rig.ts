import { type Caller, createCaller, inParallel, newTraffic, type Traffic } from '../replay/caller.ts';
import { instantOf } from '../replay/orders.ts';
import { draw, type Random, seeded } from '../replay/random.ts';
import { type ServerProcess, startServerProcess, type VerifiedLine } from '../replay/server-process.ts';
import { type ChaosJournal, judgeEvents, judgeParcel, note, type ReadTimeline } from './checker.ts';
import { type KillableDatabase, startKillableDatabase } from './database.ts';
import { type LoadParcel, type LoadScan, lifeOf, shuffledWithRepeats, wireOf } from './parcels.ts';

/**
 * Promise G1: nothing acknowledged is lost or doubled. A carrier sends the scans of many parcels in batches, in no
 * order and with repetitions, while the server, the worker and PostgreSQL are killed with -9 at seeded moments. The
 * client keeps a journal of what was acknowledged; afterwards all is read back over the public API and compared.
 */
export type ChaosOptions = {
  readonly scans: number;
  readonly kills: number;
  readonly seed: number;
  readonly say: (line: string) => void;
};
export type ChaosRun = {
  readonly scans: number;
  readonly sent: number;
  readonly parcels: number;
  readonly kills: number;
  readonly repeatedRequests: number;
  readonly events: number;
  readonly loadSeconds: number;
  readonly breaks: readonly string[];
};

const CARRIER = 'postroad_express_br';
/** Away from the demo's stock of the same carrier. */
const FROM_SERIAL = 60_000_000_001;
const SCANS_A_PARCEL = 25;
const ISSUE_BATCH = 1_000;
/** How many scans travel together: networks send few, posts send many. */
const BATCH_SIZES = [1, 20, 100, 250, 500, 1_000];
const SENDERS = 6;
const REPEATED_SHARE = 0.1;
const DAY_MS = 86_400_000;
/** Parcels of this load live no longer than this. */
const LIFE_MS = 14 * DAY_MS;
/** A victim dies so long after the moment that the plan names, so that it falls into whatever is under way. */
const DELAYS_MS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55];
const SETTLE_MS = 240_000;
const READERS = 6;
const LIFE_EVENTS = ['waybill.issued', 'waybill.activated', 'waybill.closed'];

type Victim = 'server' | 'worker' | 'PostgreSQL';
const VICTIMS: readonly Victim[] = ['PostgreSQL', 'server', 'worker'];

type Stage = {
  readonly database: KillableDatabase;
  readonly server: ServerProcess;
  readonly worker: ServerProcess;
};

export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const database = await startKillableDatabase();
  const urls = { databaseUrl: database.liveUrl, testDatabaseUrl: database.testUrl };
  let server: ServerProcess | undefined;
  let worker: ServerProcess | undefined;
  let isClean = false;
  try {
    // The worker comes first: what the demo opens in one world reaches the other by the outbox.
    worker = await startServerProcess({ ...urls, role: 'worker' });
    server = await startServerProcess({ ...urls, role: 'api', folder: worker.folder });
    const run = await loadAndJudge({ database, server, worker }, options);
    isClean = run.breaks.length === 0;
    return run;
  } finally {
    await worker?.stop();
    await server?.stop();
    await database.stop();
    if (isClean) {
      server?.removeFolder();
      database.removeFolder();
    } else options.say(`  kept for looking: ${server?.folder ?? 'nothing'}`);
  }
}

async function loadAndJudge(stage: Stage, options: ChaosOptions): Promise<ChaosRun> {
  const random = seeded(options.seed);
  const traffic = newTraffic();
  const parties = await openParties(stage.server, options.scans, traffic);
  const parcels = await issueParcels(parties, options.scans, random);
  // Nobody held a parcel before its label was issued, nor has scanned it tomorrow.
  const now = instantOf(parties.startMs + LIFE_MS);
  await parties.operator.post('/v1/test/clock', { now, running: true }, 'clock');
  const load = shuffledWithRepeats(parcels, REPEATED_SHARE, random);
  const journal: ChaosJournal = new Map();
  const began = performance.now();
  const sent = await sendWhileKilled(stage, { parties, load, journal }, options, random);
  const loadSeconds = (performance.now() - began) / 1000;
  options.say(`  ${load.length} scans sent in ${loadSeconds.toFixed(1)} s; reading back`);
  const events = await settledEvents(parties.merchant, parcels.length);
  const breaks = [
    ...sent.breaks,
    ...(await judgeParcels(parties.merchant, parcels, journal)),
    ...judgeEvents(parcels, events, LIFE_EVENTS),
    ...(await stage.server.verify()).lines.flatMap(brokenOf),
    ...traffic.serverErrors.map((text) => `no 5xx: ${text}`),
    ...(sent.kills === options.kills ? [] : [`${sent.kills} kills instead of ${options.kills}`]),
  ];
  return {
    scans: load.length - sent.repeated,
    sent: load.length,
    parcels: parcels.length,
    kills: sent.kills,
    repeatedRequests: traffic.repeated,
    events: events.length,
    loadSeconds,
    breaks,
  };
}

const brokenOf = ({ world, check, broken }: VerifiedLine) =>
  broken.map((line) => `verify: ${check} of the ${world} world: ${line}`);

type Parties = {
  readonly operator: Caller;
  readonly merchant: Caller;
  readonly carrier: Caller;
  readonly startMs: number;
};

async function openParties(server: ServerProcess, scans: number, traffic: Traffic): Promise<Parties> {
  const keyOf = (organisation: string) =>
    server.demo().principals.find((one) => one.world === 'test' && one.organisation === organisation)?.key ??
    '';
  const as = (key: string) => createCaller(server, key, traffic);
  const operator = as(keyOf('operator'));
  const open = async (by: Caller, kind: string, role: string) => {
    const body = { kind, name: 'Chaos', country: 'BR' };
    const { id } = await by.post<{ id: string }>('/v1/organisations', body, kind);
    const key = { organisation_id: id, role, name: 'chaos' };
    const { secret } = await by.post<{ secret: string }>('/v1/api-keys', key, `key-${role}`);
    return { id, caller: as(secret) };
  };
  const marketplace = await open(operator, 'marketplace', 'marketplace_staff');
  const merchant = await open(marketplace.caller, 'merchant', 'merchant_admin');
  await operator.post(
    '/v1/number-segments',
    {
      carrier_code: CARRIER,
      holder: merchant.id,
      prefix: 'PRB',
      digits: 11,
      from_serial: FROM_SERIAL,
      to_serial: FROM_SERIAL + 10 * scans,
      check_rule: 'mod11',
    },
    'segment',
  );
  const { now } = await operator.get<{ now: string }>('/v1/test/clock');
  return { operator, merchant: merchant.caller, carrier: as(keyOf(CARRIER)), startMs: Date.parse(now) };
}

async function issueParcels(parties: Parties, scans: number, random: Random): Promise<LoadParcel[]> {
  const count = Math.ceil(scans / SCANS_A_PARCEL);
  const parcels: LoadParcel[] = [];
  while (parcels.length < count) {
    const requests = Array.from({ length: Math.min(ISSUE_BATCH, count - parcels.length) }, (_, index) => ({
      object_id: `chaos-${parcels.length + index}`,
      carrier_code: CARRIER,
    }));
    const answer = await parties.merchant.post<{ results: { waybill: { id: string; number: string } }[] }>(
      '/v1/waybills',
      { requests },
      `issue-${parcels.length}`,
    );
    for (const { waybill } of answer.results) {
      const life = lifeOf(waybill.number, SCANS_A_PARCEL, parties.startMs, random);
      parcels.push({ number: waybill.number, waybillId: waybill.id, scans: life });
    }
  }
  return parcels;
}

type Load = { readonly parties: Parties; readonly load: readonly LoadScan[]; readonly journal: ChaosJournal };

async function sendWhileKilled(
  stage: Stage,
  { parties, load, journal }: Load,
  options: ChaosOptions,
  random: Random,
): Promise<{ kills: number; repeated: number; breaks: string[] }> {
  const killer = planVictims(stage, options, load.length, random);
  const breaks: string[] = [];
  let next = 0;
  let done = 0;
  const sender = async () => {
    while (next < load.length) {
      const batch = load.slice(next, next + draw(random, BATCH_SIZES));
      const key = `scans-${next}`;
      next += batch.length;
      const answer = await parties.carrier.post<{ data: { result: string; scan_id?: string }[] }>(
        '/v1/scans',
        { scans: batch.map(wireOf) },
        key,
      );
      for (const [index, scan] of batch.entries()) {
        const fault = note(journal, scan, answer.data[index] ?? { result: 'missing' });
        if (fault !== undefined && breaks.length < 20) breaks.push(fault);
      }
      done += batch.length;
      killer.onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return { kills: await killer.finished(), repeated: load.length - journal.size, breaks };
}

/** One kill in each equal part of the load; the victims take turns, beginning with one drawn by the seed. */
function planVictims(stage: Stage, options: ChaosOptions, total: number, random: Random) {
  const { kills } = options;
  const moments = Array.from(
    { length: kills },
    (_, index) => ((index + 0.1 + 0.8 * random()) / kills) * total,
  );
  const first = Math.floor(random() * VICTIMS.length);
  let over = Promise.resolve();
  let count = 0;
  const kill = async (victim: Victim) => {
    await new Promise((resolve) => setTimeout(resolve, draw(random, DELAYS_MS)));
    const began = performance.now();
    if (victim === 'PostgreSQL') await stage.database.killAndRestart();
    else await (victim === 'server' ? stage.server : stage.worker).killAndRestart();
    count += 1;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    options.say(`  killed ${victim}; back after ${seconds} s`);
  };
  return {
    onProgress: (done: number) => {
      while (moments[0] !== undefined && done >= moments[0]) {
        const victim = VICTIMS[(first + kills - moments.length) % VICTIMS.length] ?? 'server';
        moments.shift();
        over = over.then(() => kill(victim));
        // Told at finished(); until then a failure must not end the process.
        over.catch(() => undefined);
      }
    },
    finished: async () => {
      await over;
      return count;
    },
  };
}

type FeedEvent = { readonly type: string; readonly subject: string };

/** What follows from a scan comes after its answer: waits until every waybill was told closed, or nothing comes. */
async function settledEvents(
  merchant: Caller,
  parcels: number,
): Promise<{ type: string; subject_id: string }[]> {
  const events: { type: string; subject_id: string }[] = [];
  let after: string | undefined;
  let closed = 0;
  let quietSince = performance.now();
  while (closed < parcels && performance.now() - quietSince < SETTLE_MS) {
    const cursor: string = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const page: { data: FeedEvent[]; next_cursor: string } = await merchant.get(
      `/v1/events?types=waybill.*&limit=1000${cursor}`,
    );
    after = page.next_cursor;
    for (const { type, subject } of page.data) {
      events.push({ type, subject_id: subject });
      if (type === 'waybill.closed') closed += 1;
    }
    if (page.data.length > 0) quietSince = performance.now();
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return events;
}

async function judgeParcels(
  merchant: Caller,
  parcels: readonly LoadParcel[],
  journal: ChaosJournal,
): Promise<string[]> {
  const breaks: string[] = [];
  await inParallel(parcels, READERS, async (parcel) => {
    const answer = await merchant.get<{ parcels: { timeline: ReadTimeline }[] }>(
      `/v1/tracking/${parcel.number}`,
    );
    const timelines = answer.parcels.map(({ timeline }) => timeline);
    if (breaks.length < 50) breaks.push(...judgeParcel(parcel, journal, timelines));
  });
  return breaks;
}
