import type { Queryable } from '../../platform/db/index.ts';
import { type Poller, type Round, startPoller, type World } from '../../platform/world/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import type { BuyerViews } from './buyer-view.ts';
import { listOpenLinks } from './link-store.ts';
import type { TrackedParcel } from './parcel.ts';
import type { BuyerParcel, BuyerView } from './parcel-contract.ts';
import { listParcelsByIds, listStamps } from './parcel-store.ts';
import { quietAt } from './standstill.policy.ts';

/** Somebody who reads on: what he looks at, by which link, and how he is told. */
export type Reader = {
  /** In the order of his answer: the first, then the others. */
  readonly parcels: readonly ParcelId[];
  /** Undefined: he asked by number and phone. */
  readonly linkHash: Uint8Array | undefined;
  tell(view: BuyerView): void;
  /** His link is revoked. */
  turnAway(): void;
};

export type BuyerWatch = {
  /** From what the reader's first answer told of, as it was then: his parcels and their sisters. Answers how to stop. */
  follow(reader: Reader, told: readonly TrackedParcel[]): () => void;
};

/** Looks lie this far apart on a busy server; the first one after a commit that told something begins at once. Our default. */
const GATHER_MS = 500;
/** How soon it is seen what another process committed, or what told nobody. Our default. */
const LOOK_MS = 2_000;
/** How soon a revoked link ends a stream that is otherwise quiet. Our default. */
const LINKS_EVERY_LOOKS = 3;
/** Parcels that are read in one snapshot; the others follow at once. */
const VIEWS_AT_ONCE = 50;

type Watched = {
  /** Of the row that the readers' last views tell of. */
  stamp: string;
  /** When the view changes although nobody reports anything: silence becomes a standstill, a promise is missed. */
  dueAt: Instant | undefined;
  readonly readers: Set<Reader>;
};

/** Who reads what, and how it is shown. */
type Readership = {
  readonly watched: Map<ParcelId, Watched>;
  /** With what each one's last view told of. */
  readonly readers: Map<Reader, ReadonlySet<ParcelId>>;
  readonly viewOf: BuyerViews;
};

/**
 * Tells readers when the buyer's view of their parcels changes. One look for all of them: a statement that asks for the
 * stamps of all watched rows, over any number of processes and without a word in the intake. Nothing runs while nobody
 * reads, and no transaction is open between two looks.
 */
export function createBuyerWatch(
  world: World,
  viewOf: BuyerViews,
  onError: (error: unknown) => void,
): BuyerWatch {
  const all: Readership = { watched: new Map(), readers: new Map(), viewOf };
  let poller: Poller | undefined;
  let looks = 0;

  world.onCommit(({ events }) => {
    if (events) poller?.wake();
  });

  async function look(): Promise<Round> {
    looks += 1;
    const round = await world.read('network', async (db, now) => {
      const changed = await changedParcels(all, db, now);
      if (looks % LINKS_EVERY_LOOKS === 0) await turnAwayRevoked(all, db, [...all.readers.keys()]);
      await show(all, db, now, changed.slice(0, VIEWS_AT_ONCE));
      return { done: Math.min(changed.length, VIEWS_AT_ONCE), moreWaits: changed.length > VIEWS_AT_ONCE };
    });
    restWhenAlone();
    return round;
  }

  function restWhenAlone(): void {
    if (all.readers.size > 0) return;
    void poller?.stop();
    poller = undefined;
  }

  return {
    follow: (reader, told) => {
      join(all, reader, told, world.clock.now());
      poller ??= startPoller({
        round: look,
        ...{ quickMs: GATHER_MS, slowMs: LOOK_MS, gatherMs: GATHER_MS, onError },
      });
      return () => {
        leave(all, reader);
        restWhenAlone();
      };
    },
  };
}

function join(
  { watched, readers }: Readership,
  reader: Reader,
  told: readonly TrackedParcel[],
  now: Instant,
): void {
  readers.set(reader, new Set(told.map(({ id }) => id)));
  for (const parcel of told) {
    const seen = seenOf(parcel, now);
    const entry = watched.get(parcel.id);
    if (entry === undefined) watched.set(parcel.id, { ...seen, readers: new Set([reader]) });
    else {
      entry.readers.add(reader);
      // Others have seen another state: the next look shows all of them the same one.
      if (entry.stamp !== seen.stamp) entry.stamp = '';
    }
  }
}

function leave({ watched, readers }: Readership, reader: Reader): void {
  const told = readers.get(reader) ?? [];
  readers.delete(reader);
  for (const id of told) {
    const entry = watched.get(id);
    entry?.readers.delete(reader);
    if (entry?.readers.size === 0) watched.delete(id);
  }
}

async function changedParcels({ watched }: Readership, db: Queryable, now: Instant): Promise<ParcelId[]> {
  const stamps = await listStamps(db, [...watched.keys()]);
  return [...watched].flatMap(([id, { stamp, dueAt }]) =>
    stamps.get(id) !== stamp || (dueAt !== undefined && dueAt <= now) ? [id] : [],
  );
}

async function turnAwayRevoked(all: Readership, db: Queryable, among: readonly Reader[]): Promise<void> {
  const hashes = among.flatMap(({ linkHash }) => linkHash ?? []);
  if (hashes.length === 0) return;
  const open = new Set((await listOpenLinks(db, hashes)).map(textOf));
  for (const reader of among) {
    if (reader.linkHash === undefined || open.has(textOf(reader.linkHash))) continue;
    leave(all, reader);
    reader.turnAway();
  }
}

/** Each view is read once, whoever reads it. Nobody whose link was revoked is shown anything more. */
async function show(
  all: Readership,
  db: Queryable,
  now: Instant,
  changed: readonly ParcelId[],
): Promise<void> {
  const { watched, readers, viewOf } = all;
  const concerned = new Set(changed.flatMap((id) => [...(watched.get(id)?.readers ?? [])]));
  if (concerned.size === 0) return;
  await turnAwayRevoked(all, db, [...concerned]);
  const shown = [...new Set([...concerned].flatMap((reader) => reader.parcels))];
  const seen = new Map<ParcelId, { readonly view: BuyerParcel; readonly told: readonly TrackedParcel[] }>();
  for (const parcel of await listParcelsByIds(db, shown)) {
    const { view, sisters } = await viewOf(db, parcel, now);
    seen.set(parcel.id, { view, told: [parcel, ...sisters] });
  }
  const left = [...concerned].filter((reader) => readers.has(reader));
  // All of them first: what some of them share is then watched as it is now, and they may tell of other parcels.
  for (const reader of left) leave(all, reader);
  const ofReader = (reader: Reader) => reader.parcels.flatMap((id) => seen.get(id) ?? []);
  for (const reader of left)
    join(
      all,
      reader,
      ofReader(reader).flatMap(({ told }) => told),
      now,
    );
  for (const reader of left) {
    const [first, ...others] = ofReader(reader).map(({ view }) => view);
    if (first !== undefined && readers.has(reader)) reader.tell({ ...first, others, now });
  }
}

/** `listStamps` gives the same of the row. */
function seenOf(parcel: TrackedParcel, now: Instant): Pick<Watched, 'stamp' | 'dueAt'> {
  return { stamp: `${parcel.version} ${parcel.changedAt}`, dueAt: dueAt(parcel, now) };
}

function dueAt({ timeline, lastScanAt, promise }: TrackedParcel, now: Instant): Instant | undefined {
  if (timeline.terminal) return undefined;
  const quiet = lastScanAt === undefined ? undefined : quietAt(timeline.leg, lastScanAt);
  return [quiet, promise?.latest]
    .filter((at) => at !== undefined)
    .filter((at) => at > now)
    .sort()[0];
}

function textOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64url');
}
