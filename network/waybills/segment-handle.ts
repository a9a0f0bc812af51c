import type { Queryable } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { findCarrierOrganisation, findOrganisation } from '../accounts/index.ts';
import { accepted, addDays, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { NumberSegmentLoaded } from './events.ts';
import type { HighWaterMarks, MarksReading } from './high-water-marks.ts';
import {
  type Holder,
  NETWORK_HOLDER,
  type NumberSegment,
  type NumberShape,
  type SerialRange,
  type WaybillErrorCode,
} from './model.ts';
import { checkSegment, mayOverlap } from './number-format.policy.ts';
import { type FenceReason, fenceOf, type NumberIssuer } from './number-issuer.ts';
import {
  burnBlocks,
  closeBlocks,
  findLastUse,
  insertConfirmation,
  insertSegment,
  listAllSegments,
  listCarrierSegments,
  lockAllSegments,
  lockCarrierSegments,
  movePast,
  readIdentity,
} from './segment-store.ts';
import { LOW_WATER_PERCENT, REST_DAYS, remainingSerials } from './stock.policy.ts';

export type LoadSegment = NumberShape &
  SerialRange & {
    readonly carrierCode: string;
    readonly holder: Holder;
    readonly lowWaterPercent?: number | undefined;
    readonly restDays?: number | undefined;
  };

/**
 * Loads numbers. A range that overlaps an older one is taken as its next epoch when the older one is closed or used
 * up and has rested; else it is refused. `reading`: the marks, which also know segments that a restore lost.
 */
export async function loadSegment(
  work: Work,
  reading: MarksReading,
  command: LoadSegment,
  loadedBy: string,
): Promise<Outcome<NumberSegment, WaybillErrorCode>> {
  const built = checkSegment(command.carrierCode, command, command);
  if (!built.ok) return built;
  if (command.holder !== NETWORK_HOLDER && (await findOrganisation(work.db, command.holder)) === undefined)
    return refused('organisation_unknown', '');
  await lockCarrierSegments(work.db, command.carrierCode);
  const segments = await listCarrierSegments(work.db, command.carrierCode);
  const rest = await checkRest(work, segments, command);
  if (!rest.ok) return rest;
  const forgotten = [...reading.marks.values()].find(
    (mark) =>
      mark.carrierCode === command.carrierCode &&
      segments.every((segment) => segment.id !== mark.segmentId) &&
      mayOverlap(command, { ...mark, toSerial: mark.upTo }),
  );
  if (forgotten !== undefined)
    return refused(
      'segment_overlap',
      `Serials up to ${forgotten.upTo} were issued before a restore; load from ${forgotten.upTo + 1}.`,
    );
  const { holder, carrierCode, lowWaterPercent, restDays, ...shape } = command;
  const segment: NumberSegment = {
    ...shape,
    id: work.newId('seg'),
    holder,
    carrierCode,
    epoch: rest.value,
    lowWaterPercent: lowWaterPercent ?? LOW_WATER_PERCENT,
    restDays: restDays ?? REST_DAYS,
    loadedAt: work.now,
    closedAt: undefined,
    nextSerial: command.fromSerial,
    lastLeasedAt: undefined,
    lowAnnouncedAt: undefined,
    exhaustedAt: undefined,
    lost: 0,
  };
  await insertSegment(work.db, segment, loadedBy);
  await announceLoad(work, segment);
  return accepted(segment);
}

/** The epoch that the new range would be, or why it must wait. */
async function checkRest(
  work: Work,
  segments: readonly NumberSegment[],
  range: NumberShape & SerialRange,
): Promise<Outcome<number, 'segment_overlap' | 'segment_resting'>> {
  let epoch = 1;
  for (const older of segments.filter((segment) => mayOverlap(segment, range))) {
    if (older.closedAt === undefined && remainingSerials(older) > 0)
      return refused('segment_overlap', `Segment ${older.id} holds serials of this range.`);
    const lastUse: Instant = (await findLastUse(work.db, older.id)) ?? older.loadedAt;
    const free = addDays(lastUse, older.restDays);
    if (work.now < free) return refused('segment_resting', `Segment ${older.id} rests until ${free}.`);
    epoch = Math.max(epoch, older.epoch + 1);
  }
  return accepted(epoch);
}

async function announceLoad(work: Work, segment: NumberSegment): Promise<void> {
  const carrier = await findCarrierOrganisation(work.db, segment.carrierCode);
  const size = segment.toSerial - segment.fromSerial + 1;
  work.emit({
    type: NumberSegmentLoaded.name,
    group: { organisationId: segment.holder },
    subjectId: segment.id,
    subjectSequence: segment.fromSerial,
    audience: [segment.holder, ...(carrier === undefined ? [] : [carrier])],
    payload: {
      segmentId: segment.id,
      holder: segment.holder,
      carrierCode: segment.carrierCode,
      left: size,
      size,
    },
  });
}

export type RestoreConfirmation = {
  readonly confirmedAt: Instant;
  /** Blocks that were burned, and how far each segment moved. */
  readonly burnedBlocks: number;
  readonly moved: readonly {
    readonly segmentId: string;
    readonly fromSerial: number;
    readonly toSerial: number;
  }[];
};

/**
 * The operator's word that this database goes on after a restore: every leased block is burned, each segment moves
 * past its mark, and the marks belong to this database from now on. `usedUpTo` is needed for each used segment when
 * the marks themselves are lost. Opens its own transaction; safe to repeat after a crash.
 */
export async function confirmRestore(
  world: World,
  marks: HighWaterMarks,
  issuer: NumberIssuer,
  command: { readonly usedUpTo: Readonly<Record<string, number>>; readonly confirmedBy: string },
  /** Told in the same transaction, as its last step. */
  note?: (work: Work, confirmation: { readonly id: string }) => Promise<void>,
): Promise<Outcome<RestoreConfirmation, WaybillErrorCode>> {
  const reading = await marks.read();
  const outcome = await world.command('network', async (work) => {
    const identity = await readIdentity(work.db);
    if (fenceOf(reading, identity, await listAllSegments(work.db), true) === undefined)
      return refused('issuing_not_fenced', '');
    const segments = await lockAllSegments(work.db);
    const unknown = segments.filter(
      (one) =>
        one.nextSerial > one.fromSerial &&
        !reading.marks.has(one.id) &&
        command.usedUpTo[one.id] === undefined,
    );
    if (!reading.exists && unknown.length > 0)
      return refused(
        'marks_missing',
        '',
        unknown.map((one) => ({
          pointer: '/used_up_to',
          code: 'required',
          message: `last serial of ${one.id} that may be on a label`,
        })),
      );
    const moved: { segmentId: string; fromSerial: number; toSerial: number }[] = [];
    for (const segment of segments) {
      const used = Math.max(reading.marks.get(segment.id)?.upTo ?? -1, command.usedUpTo[segment.id] ?? -1);
      const next = Math.min(used + 1, segment.toSerial + 1);
      if (next <= segment.nextSerial) continue;
      moved.push({ segmentId: segment.id, fromSerial: segment.nextSerial, toSerial: next - 1 });
      await movePast(work.db, segment, next, work.now);
    }
    const burnedBlocks = (await burnBlocks(work.db, work.now)) + moved.length;
    await closeBlocks(work.db, 'burned', work.now);
    const id = work.newId('rst');
    await insertConfirmation(work.db, { id, at: work.now, by: command.confirmedBy, identity, moved });
    const ids = new Set<string>(segments.map((segment) => segment.id));
    const retired = [...reading.marks.keys()].filter((mark) => !ids.has(mark));
    await note?.(work, { id });
    return accepted({ identity, retired, confirmedAt: work.now, burnedBlocks, moved });
  });
  if (!outcome.ok) return outcome;
  const { identity, retired, ...confirmation } = outcome.value;
  await marks.identify(identity, retired);
  issuer.forget();
  return accepted(confirmation);
}

export type NumberFence = {
  readonly isFenced: boolean;
  readonly reason: FenceReason | undefined;
  /** Used segments and how far their numbers were given out, as the record outside the database says. */
  readonly segments: readonly {
    readonly segmentId: string;
    readonly carrierCode: string;
    readonly holder: Holder;
    readonly fromSerial: number;
    readonly toSerial: number;
    readonly nextSerial: number;
    /** Undefined: the record outside is lost, and a person must say it. */
    readonly markedUpTo: number | undefined;
  }[];
};

/** Whether numbers wait for the confirmation of a restore, why, and what a person has to know to confirm it. */
export async function readNumberFence(world: World, marks: HighWaterMarks): Promise<NumberFence> {
  const reading = await marks.read();
  return world.read('network', async (db) => {
    const segments = await listAllSegments(db);
    const reason = fenceOf(reading, await readIdentity(db), segments, true);
    const isUsed = (one: NumberSegment) => one.nextSerial > one.fromSerial || reading.marks.has(one.id);
    const shown = reason === undefined ? [] : segments.filter(isUsed);
    return {
      isFenced: reason !== undefined,
      reason,
      segments: shown.map(({ id, carrierCode, holder, fromSerial, toSerial, nextSerial }) => ({
        segmentId: id,
        ...{ carrierCode, holder, fromSerial, toSerial, nextSerial },
        markedUpTo: reading.marks.get(id)?.upTo,
      })),
    };
  });
}

export type LowStock = {
  readonly holder: Holder;
  readonly carrierCode: string;
  readonly size: number;
  readonly remaining: number;
  readonly lowWaterPercent: number;
};

/** Carriers whose open segments, taken together by holder, are at or below their low-water mark. Used-up ones count no size. */
export async function listLowStock(db: Queryable): Promise<LowStock[]> {
  const open = (await listAllSegments(db)).filter((segment) => segment.closedAt === undefined);
  const pools = Map.groupBy(open, (segment) => `${segment.holder} ${segment.carrierCode}`);
  return [...pools.values()].flatMap((pool) => {
    const left = pool.filter((segment) => remainingSerials(segment) > 0);
    const size = (left.length === 0 ? pool : left).reduce(
      (sum, segment) => sum + segment.toSerial - segment.fromSerial + 1,
      0,
    );
    const remaining = left.reduce((sum, segment) => sum + remainingSerials(segment), 0);
    const lowWaterPercent = Math.max(...pool.map((segment) => segment.lowWaterPercent));
    const [first] = pool;
    return first === undefined || remaining * 100 > size * lowWaterPercent
      ? []
      : [{ holder: first.holder, carrierCode: first.carrierCode, size, remaining, lowWaterPercent }];
  });
}
