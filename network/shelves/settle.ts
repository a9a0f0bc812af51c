import type { Work } from '../../platform/world/index.ts';
import { occupyShelf, recordIntake, releaseReservation, vacateShelf } from '../allocation/index.ts';
import { accepted, addMs, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { type CodeScheme, readPlace } from './code.policy.ts';
import { findScheme, issueCode, releaseCode } from './code-store.ts';
import { evolve, isHeld, keepsCode, type ShelfFact } from './decide.ts';
import * as events from './events.ts';
import type { CashPaid, ShelfErrorCode, ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import {
  DEFAULT_POINT_STORAGE,
  type Ladder,
  POINT_STORAGE_KIND,
  type PointStorageDocument,
} from './rulebook.ts';
import { rungsAhead, termsFrom } from './storage.policy.ts';
import { type StepRecord, saveParcel } from './store.ts';

const HOUR_MS = 3_600_000;

/** Who did it, with what, and when in the world's time. */
export type Circumstances = {
  readonly byCaller: string;
  readonly occurredAt: Instant;
  readonly deviceId?: string | undefined;
  readonly clientId?: string | undefined;
  /** What is kept beside the step: a photo, a note, the courier's number. */
  readonly detail?: object | undefined;
};

export type Scene = {
  readonly work: Work;
  readonly ports: ShelfPorts;
  readonly point: Point;
  readonly rules: PointStorageDocument;
};

/** The rules by which a parcel waits: those of the platform that it was announced for, else the network's. */
export async function rulesFor(
  work: Pick<Work, 'db' | 'now'>,
  { clientPlatformId }: Pick<ShelfParcel, 'clientPlatformId'>,
): Promise<PointStorageDocument> {
  const active = await activeVersion(work.db, POINT_STORAGE_KIND, clientPlatformId ?? NETWORK, work.now);
  return active?.document ?? DEFAULT_POINT_STORAGE;
}

export function ladderOf({ rules, point }: Pick<Scene, 'rules' | 'point'>): Ladder {
  return rules.byKind[point.kind];
}

/**
 * Folds facts into a parcel with what follows from them: room, code, dates and timers; saves and tells. In the name of
 * the point network; the caller has locked the parcel. `before` may hold what came with the command, such as the place.
 */
export async function settle(
  scene: Scene,
  before: ShelfParcel,
  facts: readonly ShelfFact[],
  about: Circumstances,
): Promise<Outcome<ShelfParcel, ShelfErrorCode>> {
  let parcel = before;
  const steps: StepRecord[] = [];
  for (const fact of facts) {
    const followed = await follow(scene, parcel, evolve(parcel, fact, about.occurredAt), fact, about);
    if (!followed.ok) return followed;
    const { after, told } = followed.value;
    parcel = fact.kind === 'handed_out' ? withOpenCash(scene, after) : after;
    steps.push(stepOf(parcel, fact, about, steps.length === 0));
    for (const [index, { event, more }] of told.entries()) {
      // Each event of a parcel has a version of its own.
      if (index > 0) parcel = { ...parcel, version: parcel.version + 1 };
      tell(scene, parcel, event, about.occurredAt, more);
    }
  }
  await saveParcel(scene.work.db, { ...parcel, changedAt: scene.work.now }, steps, scene.work.now);
  return accepted(parcel);
}

function stepOf(parcel: ShelfParcel, fact: ShelfFact, about: Circumstances, isFirst: boolean): StepRecord {
  const { kind, ...detail } = fact;
  const more = isFirst ? { ...detail, ...about.detail } : detail;
  return {
    version: parcel.version,
    fact: kind,
    state: parcel.state,
    detail: Object.keys(more).length === 0 ? undefined : more,
    byCaller: about.byCaller,
    deviceId: about.deviceId,
    clientId: isFirst ? about.clientId : undefined,
    occurredAt: about.occurredAt,
  };
}

type Told = { readonly event: { readonly name: string }; readonly more: object };
type Followed = Outcome<{ readonly after: ShelfParcel; readonly told: readonly Told[] }, ShelfErrorCode>;

/** What a fact does beside the parcel's own state, and who hears of it. */
async function follow(
  scene: Scene,
  before: ShelfParcel,
  after: ShelfParcel,
  fact: ShelfFact,
  about: Circumstances,
): Promise<Followed> {
  await moveRoom(scene, before, after, fact, about);
  if (keepsCode(before) && !keepsCode(after)) return giveBackCode(scene, before, after, fact);
  switch (fact.kind) {
    case 'stored':
      return giveCode(scene, withTerms(scene, after, about.occurredAt), (one) => [
        { event: events.ParcelStored, more: { freeUntil: one.freeUntil, returnAt: one.returnAt } },
      ]);
    case 'hand_out_undone':
      return giveCode(scene, after, () => [
        { event: events.ShelfParcelUndone, more: { undone: 'handed_out', undoneAt: before.handedOutAt } },
      ]);
    case 'extended': {
      const returnAt = addMs(before.returnAt ?? about.occurredAt, ladderOf(scene).extensionHours * HOUR_MS);
      const extended = { ...after, returnAt };
      scheduleRung(scene, extended);
      return accepted({ after: extended, told: [{ event: events.StorageExtended, more: { returnAt } }] });
    }
    case 'restocked':
      // Its ladder stood still meanwhile.
      scheduleRung(scene, after);
      return accepted({ after, told: tellingOf(before, fact) });
    default:
      return accepted({ after, told: tellingOf(before, fact) });
  }
}

function withTerms(scene: Scene, parcel: ShelfParcel, storedAt: Instant): ShelfParcel {
  return { ...parcel, ...termsFrom(ladderOf(scene), storedAt) };
}

/** Nothing was said of the money for its goods: there is a time to record it, then it is charged. */
function withOpenCash({ work, rules }: Scene, parcel: ShelfParcel): ShelfParcel {
  if (parcel.cashOnDelivery === undefined || parcel.cashPaidBy !== undefined) return parcel;
  const { organisationId, id: shelfParcelId } = parcel;
  const until = addMs(work.now, rules.cashOpenHours * HOUR_MS);
  work.schedule({
    kind: CHARGE_CASH,
    key: `${shelfParcelId} ${parcel.version}`,
    runAt: until,
    payload: { organisationId, shelfParcelId, until },
  });
  return { ...parcel, cashOpenUntil: until };
}

/** Room follows the facts in both directions; it refuses nothing. */
async function moveRoom(
  { work, point }: Scene,
  before: ShelfParcel,
  after: ShelfParcel,
  fact: ShelfFact,
  about: Circumstances,
): Promise<void> {
  if (fact.kind === 'stored')
    await recordIntake(work, {
      pointId: point.id,
      service: 'collect',
      at: about.occurredAt,
      parcels: 1,
      subject: { kind: 'parcel', id: after.id },
      reservationId: before.reservationId,
    });
  if (fact.kind === 'cancelled' && before.reservationId !== undefined)
    await releaseReservation(work, before.reservationId, fact.reason);
  if (isHeld(before) === isHeld(after)) return;
  if (isHeld(after)) await occupyShelf(work, point.id, 1);
  else await vacateShelf(work, point.id, 1);
}

async function giveCode(
  scene: Scene,
  parcel: ShelfParcel,
  first: (parcel: ShelfParcel) => readonly Told[],
): Promise<Followed> {
  const { work, point } = scene;
  const code = await issueCode(work.db, {
    organisationId: parcel.organisationId,
    pointId: point.id,
    shelfParcelId: parcel.id,
    scheme: await schemeOf(scene),
    place: parcel.place === undefined ? undefined : readPlace(parcel.place),
    now: work.now,
  });
  if (code === undefined) return refused('shelf_codes_used_up', `At ${parcel.place ?? 'this point'}.`);
  const after = { ...parcel, code };
  scheduleRung(scene, after);
  return accepted({ after, told: [...first(after), { event: events.PointCodeIssued, more: {} }] });
}

/** How this point writes its codes: as it was told, else as its kind does. */
export async function schemeOf({
  work,
  point,
  rules,
}: Pick<Scene, 'point' | 'rules'> & { readonly work: Pick<Work, 'db'> }): Promise<CodeScheme> {
  const own = await findScheme(work.db, point.organisationId, point.id);
  if (own !== undefined) return own;
  return point.kind === 'locker'
    ? { form: 'digits', digits: rules.codes.lockerDigits }
    : { form: 'place', scope: 'row' };
}

async function giveBackCode(
  scene: Scene,
  before: ShelfParcel,
  after: ShelfParcel,
  fact: ShelfFact,
): Promise<Followed> {
  const freeFrom = addMs(scene.work.now, scene.rules.codes.coolDownHours * HOUR_MS);
  await releaseCode(scene.work.db, after.organisationId, after.id, freeFrom);
  const told =
    fact.kind === 'storing_undone'
      ? [{ event: events.ShelfParcelUndone, more: { undone: 'stored', undoneAt: before.storedAt } }]
      : tellingOf(after, fact);
  return accepted({
    after: { ...after, code: undefined },
    told: [...told, { event: events.PointCodeReleased, more: { freeFrom } }],
  });
}

function tellingOf(before: ShelfParcel, fact: ShelfFact): readonly Told[] {
  switch (fact.kind) {
    case 'cancelled':
      return [{ event: events.ShelfParcelCancelled, more: { reason: fact.reason } }];
    case 'code_locked':
      return [{ event: events.PointCodeLocked, more: {} }];
    case 'handed_out':
      return [
        {
          event: events.PickedUpFromPoint,
          more: { way: fact.way, fee: fact.fee, amount: fact.amount, ...cashOf(fact.cash) },
        },
      ];
    case 'excepted':
      return [{ event: events.PointExceptionFound, more: { exception: fact.exception } }];
    case 'restocked':
      return [{ event: events.PointExceptionResolved, more: { resolution: 'restock' } }];
    case 'voided':
      return [{ event: events.PointExceptionResolved, more: { resolution: 'void' } }];
    case 'return_started':
      return [{ event: events.ShelfReturnStarted, more: { reason: fact.reason } }];
    case 'cash_recorded':
      return [{ event: events.CashRecorded, more: cashOf(fact.cash) }];
    case 'cash_charged':
      return [{ event: events.CashCharged, more: { cashOpen: fact.amount } }];
    case 'sent_back':
      return [{ event: events.OverdueReturned, more: { reason: before.reason ?? 'other' } }];
    default:
      return [];
  }
}

function cashOf(cash: CashPaid | undefined) {
  return { cashCollected: cash?.amount, cashPaidBy: cash?.method };
}

export const CLIMB = 'shelves.climb';
export const CHARGE_CASH = 'shelves.charge_cash';

/** Wakes at the next rung of the ladder. What was scheduled for a stay that is over finds another one and does nothing. */
export function scheduleRung(scene: Pick<Scene, 'work' | 'rules' | 'point'>, parcel: ShelfParcel): void {
  const { storedAt, returnAt } = parcel;
  if (storedAt === undefined || returnAt === undefined) return;
  const [next] = rungsAhead(ladderOf(scene), { storedAt, returnAt, climbed: parcel.rung });
  if (next === undefined) return;
  scene.work.schedule({
    kind: CLIMB,
    key: `${parcel.id} ${parcel.version}`,
    runAt: next.at,
    payload: {
      organisationId: parcel.organisationId,
      shelfParcelId: parcel.id,
      rung: next.index,
      at: next.at,
    },
  });
}

/** Tells one event; the parcel's version orders those of one parcel. */
export function tell(
  { work, point }: Pick<Scene, 'work' | 'point'>,
  parcel: ShelfParcel,
  event: { readonly name: string },
  occurredAt: Instant,
  more: object,
): void {
  const { organisationId, announcedBy, clientPlatformId } = parcel;
  work.emit({
    type: event.name,
    group: { organisationId },
    subjectId: parcel.id,
    subjectSequence: parcel.version,
    audience: [...new Set([organisationId, announcedBy, clientPlatformId].filter((id) => id !== undefined))],
    payload: {
      shelfParcelId: parcel.id,
      organisationId,
      pointId: parcel.pointId,
      announcedBy,
      number: parcel.number,
      carrierCode: parcel.carrierCode,
      parcelId: parcel.parcelId,
      state: parcel.state,
      occurredAt,
      place: { country: point.country, city: point.city },
      pointKind: point.kind,
      ...more,
    },
  });
}
