import { wallClock } from '../../platform/clock/index.ts';
import { newToken } from '../../platform/crypto/index.ts';
import { createOutbound } from '../../platform/outbound/index.ts';
import { newId, type Poller, startPoller, type World } from '../../platform/world/index.ts';
import { accepted, msOf } from '../kernel/index.ts';
import { parcelsOfNumbers, takeReading } from '../tracking/index.ts';
import { askingWith } from './asking-with.ts';
import { claimSources, hasCredentials } from './claim-store.ts';
import { releaseCredential } from './credential-store.ts';
import type { Credential, WantedNumber } from './model.ts';
import { claimNumbers, endArrived, releaseNumbers } from './number-store.ts';
import { answerAbout, type NumberAnswer } from './outcome.policy.ts';
import { keepPayload } from './payloads.ts';
import { clientOf, type PollingPorts, reporterOfConnector, servedBy } from './ports.ts';
import { type Pulled, type PullPorts, pull } from './pull.ts';
import { recordPull } from './record.ts';
import { createTokenShelf } from './token-shelf.ts';

const POLL_QUICK_MS = 500;
const POLL_SLOW_MS = 5_000;
/** Longer than a pull takes: a token, a request, both once more, and two further pages of 15 s each. */
const LEASE_MS = 180_000;
/** Requests under way at once. Sources that failed have slots of their own, so that they take none of the others'. */
const SLOTS = { well: 12, sick: 4 } as const;
/** What is under way when the program stops may end; the lease frees what does not. Below the 30 s of a stop. */
const STOP_PATIENCE_MS = 10_000;
/** An answer of 50 parcels has less. Our default. */
const MAX_ANSWER_BYTES = 2_000_000;

export function pullPorts(ports: PollingPorts): PullPorts {
  return {
    outbound: createOutbound({ allowLoopback: ports.allowLoopback, maxAnswerBytes: MAX_ANSWER_BYTES }),
    readPayload: ports.readPayload,
    tokens: createTokenShelf(),
    nowMs: () => msOf(wallClock.now()),
    nonce: () => newToken(),
  };
}

type Claimed = {
  readonly source: Credential;
  readonly numbers: readonly WantedNumber[];
  /** Of the leases of the source and of the numbers. */
  readonly sourceToken: string;
  readonly numbersToken: string;
};

/**
 * Asks carriers about what is due until stopped. Any number of processes may do so at once: a source is one process's
 * at a time. No transaction is open while a carrier is asked, and nobody waits for another's carrier.
 */
export function startPolling(
  world: World,
  ports: PollingPorts,
  asking: PullPorts,
  onFailure: (error: unknown) => void,
): Poller {
  const busy = { well: new Set<Promise<void>>(), sick: new Set<Promise<void>>() };
  const underWay = () => [...busy.well, ...busy.sick];
  let stopped = false;

  const start = (lane: keyof typeof SLOTS, claimed: Claimed) => {
    const done = work(world, ports, asking, claimed)
      .catch(onFailure)
      .finally(() => {
        busy[lane].delete(done);
        poller.wake();
      });
    busy[lane].add(done);
  };

  const poller = startPoller({
    round: async () => {
      if (stopped) return { done: 0 };
      let done = 0;
      for (const lane of ['well', 'sick'] as const) {
        const claimed = await claim(world, ports, lane, SLOTS[lane] - busy[lane].size);
        for (const one of claimed) start(lane, one);
        done += claimed.length;
      }
      return { done };
    },
    quickMs: POLL_QUICK_MS,
    slowMs: POLL_SLOW_MS,
    onError: onFailure,
  });
  return {
    wake: poller.wake,
    idle: async () => {
      do {
        await poller.idle();
        await Promise.all(underWay());
      } while (underWay().length > 0);
      await poller.idle();
    },
    stop: async () => {
      stopped = true;
      await poller.stop();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_PATIENCE_MS);
      });
      await Promise.race([Promise.all(underWay()), patience]);
      clearTimeout(timer);
    },
  };
}

async function claim(
  world: World,
  ports: PollingPorts,
  lane: keyof typeof SLOTS,
  limit: number,
): Promise<readonly Claimed[]> {
  if (limit <= 0 || !(await world.read('network', hasCredentials))) return [];
  const served = servedBy(ports);
  const outcome = await world.command('network', async ({ db, now }) => {
    const sourceToken = newId('lea');
    const lease = { token: sourceToken, ms: LEASE_MS, limit };
    const sources = await claimSources(db, served, lease, lane === 'sick', now);
    const claimed: Claimed[] = [];
    for (const source of sources) {
      const client = clientOf(ports, source.connector);
      const { organisationId, servesNetwork } = source;
      const numbersToken = newId('lea');
      const numbers =
        client === undefined
          ? []
          : await claimNumbers(
              db,
              { organisationId, servesNetwork, carriers: client.carriers },
              served,
              { token: numbersToken, ms: LEASE_MS, limit: client.batchSize },
              now,
            );
      // All that is due was another's.
      if (numbers.length === 0) await releaseCredential(db, source, sourceToken);
      else claimed.push({ source, numbers, sourceToken, numbersToken });
    }
    return accepted(claimed);
  });
  return outcome.ok ? outcome.value : [];
}

/** One request to one source, and what came of it. */
async function work(world: World, ports: PollingPorts, asking: PullPorts, claimed: Claimed): Promise<void> {
  const { source, numbers } = claimed;
  const client = clientOf(ports, source.connector);
  if (client === undefined) throw new Error(`no client ${source.connector}`);
  const wanted = await withoutArrived(world, numbers);
  if (wanted.length === 0) {
    await release(world, claimed);
    return;
  }
  const credential = askingWith(ports.keys, source);
  const pulled = await pull(asking, client, credential, wanted);
  const isTaken = await takePages(world, ports, source, pulled);
  const answers = wanted.map((number) => ({ number, answer: answerIn(pulled, wanted, number) }));
  await recordPull(world, client, { ...claimed, pulled, answers: isTaken ? answers : [] });
}

/** Numbers whose parcel the network knows to have arrived are over; answers the others. */
async function withoutArrived(
  world: World,
  numbers: readonly WantedNumber[],
): Promise<readonly WantedNumber[]> {
  const parcels = await world.read('network', (db) =>
    parcelsOfNumbers(
      db,
      numbers.map(({ number }) => number),
    ),
  );
  const arrived = numbers.filter(({ number, carrierCode }) =>
    parcels.some(
      (parcel) =>
        parcel.timeline.terminal &&
        parcel.number === number &&
        (parcel.carrierCode === '' || parcel.carrierCode === carrierCode),
    ),
  );
  if (arrived.length > 0)
    await world.command('network', async ({ db, now }) => accepted(await endArrived(db, arrived, now)));
  return numbers.filter((number) => !arrived.includes(number));
}

/** Keeps what came, and takes its scans in. False when there are none to take, or others were in the way too long. */
async function takePages(
  world: World,
  ports: PollingPorts,
  source: Credential,
  { pages, outcome }: Pulled,
): Promise<boolean> {
  const reporter = reporterOfConnector(source.connector, source.organisationId);
  for (const page of pages) {
    const taken = outcome === 'read' ? await takeReading(world, page.reading, reporter) : undefined;
    if (taken?.ok === false) return false;
    const came = { format: source.connector, way: 'pull', reporter, results: taken?.value ?? [] } as const;
    await keepPayload(world, ports.keys, source.organisationId, { ...page, ...came });
  }
  return outcome === 'read';
}

/** The best that any page of the answer says about a number. */
function answerIn({ pages }: Pulled, asked: readonly WantedNumber[], one: WantedNumber): NumberAnswer {
  const all = asked.map(({ number }) => number);
  const answers = pages.map(({ reading }) => answerAbout(one.number, all, reading, one.newestScanAt));
  return (
    answers.find(({ result }) => result === 'news') ??
    answers.find(({ result }) => result !== 'not_answered') ?? {
      result: 'not_answered',
      parcel: undefined,
      newestScanAt: undefined,
    }
  );
}

async function release(world: World, { source, sourceToken, numbersToken }: Claimed): Promise<void> {
  await world.command('network', async ({ db }) => {
    await releaseNumbers(db, numbersToken);
    await releaseCredential(db, source, sourceToken);
    return accepted(undefined);
  });
}
