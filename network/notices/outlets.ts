import type { ClaimedDelivery } from './claim-store.ts';

/** Endpoints that answer quickly, and those that fail or are slow. */
export type Lane = 'quick' | 'slow';

export type OutletLimits = {
  /** Attempts under way in one process, by lane. */
  readonly slots: Readonly<Record<Lane, number>>;
  /** Attempts under way at one endpoint, at most. */
  readonly window: number;
  /** Deliveries held for each place of an endpoint's window: what is sent while the next claim is made. */
  readonly ahead: number;
  /** An attempt that takes longer counts as slow, also while it lasts. */
  readonly slowMs: number;
  /** What was claimed longer ago is given back unsent, so that a lease never ends under an attempt. */
  readonly holdMs: number;
  /** An endpoint with nothing to send is remembered for so long, with its window. */
  readonly keepMs: number;
};

/** Something held by this process: a delivery, since when, and how it is sent. Never rejects. */
export type Held<Answer> = {
  readonly delivery: ClaimedDelivery;
  readonly since: number;
  send(): Promise<Answer>;
};

export type Outlets<Answer> = {
  hold(lane: Lane, items: readonly Held<Answer>[]): void;
  /** How many more an endpoint may be given; for one that is not known here by the lane it stands in. */
  room(endpointId: string, lane: Lane): number;
  /** Endpoints that hold enough. */
  full(): string[];
  /** What took too long leaves the places of the quick. */
  sweep(): void;
  /** Held, under way or not taken yet. */
  busy(): number;
  /** Ends when nothing that is under way now is under way any more. */
  ended(): Promise<unknown>;
  /** Gives everything back that was not sent yet. */
  close(): void;
  /** What came to an end and what is given back, since the last look. */
  take(): Ended<Answer>;
  /** It was written down: what waited for its subject may go. */
  settled(ended: Ended<Answer>): void;
  giveBack(ended: Ended<Answer>): void;
};

export type Ended<Answer> = {
  readonly finished: readonly { readonly delivery: ClaimedDelivery; readonly answer: Answer }[];
  readonly released: readonly ClaimedDelivery[];
};

type Outlet<Answer> = {
  readonly endpointId: string;
  lane: Lane;
  window: number;
  underWay: number;
  /** In a row, since the last success. */
  failures: number;
  waiting: Held<Answer>[];
  /** Subjects under way, and those whose failure is not written down yet. */
  readonly blocked: Set<string>;
  usedAt: number;
};
type Sending<Answer> = {
  readonly outlet: Outlet<Answer>;
  readonly begunAt: number;
  lane: Lane;
  ended: Promise<void>;
};
type Hall<Answer> = {
  readonly limits: OutletLimits;
  readonly isSuccess: (answer: Answer) => boolean;
  readonly now: () => number;
  readonly onEnd: () => void;
  readonly outlets: Map<string, Outlet<Answer>>;
  readonly sendings: Set<Sending<Answer>>;
  /** Under way. */
  readonly counts: Record<Lane, number>;
  /** Those that have something to send and a free place, in turns. */
  readonly ready: Readonly<Record<Lane, Set<Outlet<Answer>>>>;
  finished: { readonly delivery: ClaimedDelivery; readonly answer: Answer }[];
  released: ClaimedDelivery[];
  isClosed: boolean;
};

/** One failure may be the message's; two in a row are the receiver's. */
const FAILURES_THAT_EMPTY = 2;

/**
 * Queues of one process, one for each endpoint, each with a window of its own: it begins with one attempt at a time,
 * grows by one with each quick success and falls to one with a failure or a slow answer. Nobody waits for another's
 * answer: the next goes when one ended, not when all of a batch did. Of one subject only one is under way, and what
 * comes behind a failure goes back unsent. `isSuccess` judges an answer, `now` is monotonic.
 */
export function createOutlets<Answer>(
  limits: OutletLimits,
  isSuccess: (answer: Answer) => boolean,
  now: () => number,
  onEnd: () => void,
): Outlets<Answer> {
  const hall: Hall<Answer> = {
    ...{ limits, isSuccess, now, onEnd, outlets: new Map(), sendings: new Set() },
    ...{ counts: { quick: 0, slow: 0 }, ready: { quick: new Set(), slow: new Set() } },
    ...{ finished: [], released: [], isClosed: false },
  };
  const { outlets, sendings } = hall;
  return {
    hold: (lane, items) => hold(hall, lane, items),
    room: (endpointId, lane) => {
      const outlet = outlets.get(endpointId);
      if (outlet === undefined) return holdOf(limits, lane, 1);
      const { window, waiting, blocked } = outlet;
      return (
        holdOf(limits, outlet.lane, window) - waiting.length - (outlet.lane === 'slow' ? blocked.size : 0)
      );
    },
    full: () =>
      [...outlets.values()]
        .filter(({ lane, window, waiting, blocked }) =>
          // A failure that is not written down yet counts: it may be the one after which the endpoint is left alone.
          lane === 'slow'
            ? waiting.length + blocked.size > 0
            : 2 * waiting.length > holdOf(limits, lane, window),
        )
        .map(({ endpointId }) => endpointId),
    sweep: () => sweep(hall),
    busy: () => {
      const waiting = [...outlets.values()].reduce((sum, outlet) => sum + outlet.waiting.length, 0);
      return waiting + sendings.size + hall.finished.length + hall.released.length;
    },
    ended: () => Promise.all([...sendings].map((sending) => sending.ended)),
    close: () => {
      hall.isClosed = true;
      for (const outlet of outlets.values()) release(hall, outlet, () => true);
    },
    take: () => {
      const { finished, released } = hall;
      hall.finished = [];
      hall.released = [];
      return { finished, released };
    },
    settled: ({ finished }) => {
      for (const { delivery, answer } of finished) {
        const outlet = outlets.get(delivery.webhookEndpointId);
        if (outlet === undefined || isSuccess(answer)) continue;
        outlet.blocked.delete(delivery.subject);
        tidy(hall, outlet);
      }
    },
    giveBack: ({ finished, released }) => {
      hall.finished.unshift(...finished);
      hall.released.unshift(...released);
    },
  };
}

const holdOf = (limits: OutletLimits, lane: Lane, window: number) =>
  lane === 'slow' ? 1 : window * limits.ahead;

function hold<Answer>(hall: Hall<Answer>, lane: Lane, items: readonly Held<Answer>[]): void {
  for (const item of items) {
    const { webhookEndpointId: endpointId, id } = item.delivery;
    const known = hall.outlets.get(endpointId);
    const outlet: Outlet<Answer> = known ?? {
      ...{ endpointId, lane, window: 1, underWay: 0, failures: 0, waiting: [], blocked: new Set() },
      usedAt: 0,
    };
    hall.outlets.set(endpointId, outlet);
    // A lease that ended while we held it may come to us again.
    if (!outlet.waiting.some(({ delivery }) => delivery.id === id)) outlet.waiting.push(item);
    if (hall.isClosed) release(hall, outlet, () => true);
    tidy(hall, outlet);
  }
  pump(hall);
}

function release<Answer>(
  hall: Hall<Answer>,
  outlet: Outlet<Answer>,
  fits: (item: Held<Answer>) => boolean,
): void {
  const kept: Held<Answer>[] = [];
  for (const item of outlet.waiting)
    if (fits(item)) hall.released.push(item.delivery);
    else kept.push(item);
  outlet.waiting = kept;
}

/** Place of the first that may be sent now; negative: none. */
const nextOf = <Answer>({ underWay, window, waiting, blocked }: Outlet<Answer>): number =>
  underWay >= window ? -1 : waiting.findIndex(({ delivery }) => !blocked.has(delivery.subject));

function tidy<Answer>({ ready }: Hall<Answer>, outlet: Outlet<Answer>): void {
  ready[outlet.lane === 'quick' ? 'slow' : 'quick'].delete(outlet);
  if (nextOf(outlet) < 0) ready[outlet.lane].delete(outlet);
  else ready[outlet.lane].add(outlet);
}

function slowDown<Answer>(outlet: Outlet<Answer>): void {
  outlet.window = 1;
  outlet.lane = 'slow';
}

function launch<Answer>(hall: Hall<Answer>, outlet: Outlet<Answer>, { delivery, send }: Held<Answer>): void {
  const { lane } = outlet;
  const sending: Sending<Answer> = { outlet, begunAt: hall.now(), lane, ended: Promise.resolve() };
  outlet.underWay += 1;
  outlet.blocked.add(delivery.subject);
  outlet.usedAt = sending.begunAt;
  hall.counts[lane] += 1;
  hall.sendings.add(sending);
  sending.ended = send().then((answer) => {
    hall.sendings.delete(sending);
    hall.counts[sending.lane] -= 1;
    outlet.underWay -= 1;
    hall.finished.push({ delivery, answer });
    if (hall.isSuccess(answer)) noteSuccess(hall, outlet, delivery, hall.now() - sending.begunAt);
    else noteFailure(hall, outlet, delivery);
    tidy(hall, outlet);
    pump(hall);
    hall.onEnd();
  });
}

function noteSuccess<Answer>(
  { limits }: Hall<Answer>,
  outlet: Outlet<Answer>,
  delivery: ClaimedDelivery,
  tookMs: number,
): void {
  outlet.failures = 0;
  outlet.blocked.delete(delivery.subject);
  if (tookMs > limits.slowMs) {
    slowDown(outlet);
    return;
  }
  outlet.lane = 'quick';
  outlet.window = Math.min(limits.window, outlet.window + 1);
}

/** Its subject stays blocked until the failure is written down: the database then keeps what comes behind it. */
function noteFailure<Answer>(hall: Hall<Answer>, outlet: Outlet<Answer>, { subject }: ClaimedDelivery): void {
  outlet.failures += 1;
  slowDown(outlet);
  const isSick = outlet.failures >= FAILURES_THAT_EMPTY;
  release(hall, outlet, ({ delivery }) => isSick || delivery.subject === subject);
}

/** Fills free places, one endpoint after another. */
function pump<Answer>(hall: Hall<Answer>): void {
  const { counts, limits, ready, now } = hall;
  for (const lane of ['quick', 'slow'] as const)
    while (counts[lane] < limits.slots[lane]) {
      const [outlet] = ready[lane];
      if (outlet === undefined) break;
      ready[lane].delete(outlet);
      const oldest = now() - limits.holdMs;
      release(hall, outlet, ({ since }) => since < oldest);
      const place = nextOf(outlet);
      const [item] = place < 0 ? [] : outlet.waiting.splice(place, 1);
      if (item !== undefined) launch(hall, outlet, item);
      tidy(hall, outlet);
    }
}

function sweep<Answer>(hall: Hall<Answer>): void {
  const latest = hall.now() - hall.limits.slowMs;
  for (const sending of hall.sendings) {
    if (sending.lane === 'slow' || sending.begunAt > latest) continue;
    hall.counts.quick -= 1;
    hall.counts.slow += 1;
    sending.lane = 'slow';
    slowDown(sending.outlet);
    release(hall, sending.outlet, () => true);
    tidy(hall, sending.outlet);
  }
  const forgotten = hall.now() - hall.limits.keepMs;
  for (const [id, { waiting, blocked, usedAt }] of hall.outlets)
    if (waiting.length + blocked.size === 0 && usedAt < forgotten) hall.outlets.delete(id);
  pump(hall);
}
