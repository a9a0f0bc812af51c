import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  addMs,
  type OrganisationId,
  type Outcome,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { courierIdOf, type DoorVisit, isOnTheRoad, isSentTo } from '../pickups/index.ts';
import type { CodeUse } from './counter-code.policy.ts';
import { clerkOf, counterCodes, guess } from './counter-code.ts';
import type { CodeOwner, CodeStore, CounterVisit } from './counter-code-store.ts';
import type { Point, PointService } from './model.ts';
import { worksAt } from './relations.ts';
import { findPoint } from './store.ts';

/** Time at the counter after the code was read: to look, weigh and pay. Our default. */
const VISIT_MS = 2 * 3_600_000;
/** A point in one of these still does what it has to do; capacity and pauses bind reservations, never facts. */
const AT_WORK: ReadonlySet<string> = new Set(['trial', 'active', 'paused', 'restricted']);
const SERVICE: Readonly<Record<CodeUse, PointService>> = { return: 'return', mailing: 'mail' };

/** Where something comes into somebody's hands: at a counter, or without a point at a door. */
export type Counter = { readonly pointId: PointId | undefined; readonly organisationId: OrganisationId };
type At = Pick<Point, 'id' | 'organisationId' | 'country'> & {
  readonly state: string;
  readonly services: readonly string[];
};
type DeskPoints<P extends At> = {
  find(db: Queryable, id: string): Promise<P | undefined>;
  worksAt(db: Queryable, caller: Principal, pointId: string): Promise<boolean>;
};
export const DESK_POINTS: DeskPoints<Point> = { find: findPoint, worksAt };

type Door = Pick<DoorVisit, 'carrierId' | 'courierId'>;
/** What a code may open now: where it is, to which door a courier is sent, and which networks serve its market. */
type Opening = {
  readonly country: string;
  readonly door: Door | undefined;
  /** Empty: every network. */
  readonly networks: readonly string[];
};
/** A room whose things are opened by codes at counters and doors. */
type Opened<Use extends CodeUse, SubjectId extends string> = {
  readonly use: Use;
  readonly store: CodeStore<SubjectId>;
  /** In the scope of the owner; undefined where it may not be taken in now. */
  readonly openingOf: (work: Work, owner: CodeOwner<SubjectId>) => Promise<Opening | undefined>;
};
/** What relations look at besides the owner. */
type AtHand = {
  readonly id: string;
  readonly intake: { readonly byOrganisationId: string; readonly byCaller: string } | undefined;
  readonly door: Door | undefined;
};
type Asked = { readonly pointId?: PointId | undefined; readonly code: string };
type Tools<P extends At> = { readonly points: DeskPoints<P>; readonly keyRing: KeyRing };
export type CounterDesk<Use extends CodeUse, SubjectId extends string> = {
  /** A point that the caller works at and that does this service. In the network's scope. */
  findCounter<P extends At>(
    db: Queryable,
    points: DeskPoints<P>,
    caller: Principal,
    pointId: string,
  ): Promise<Outcome<P, `${Use}_point_unfit`>>;
  /**
   * Reads a code at a counter or door. A wrong one is accepted as a fact, so that its count commits; the route turns it
   * into a refusal. A code that fits opens its thing to this network for a while.
   */
  readCode<P extends At>(
    work: Work,
    tools: Tools<P>,
    caller: Principal,
    asked: Asked,
  ): Promise<
    Outcome<
      CodeOwner<SubjectId> | { readonly triesLeft: number },
      `${Use}_point_unfit` | `${Use}_code_locked`
    >
  >;
  /** The visit of the caller's network, while it lasts. */
  visitOf(
    reading: Pick<Work, 'db' | 'now'>,
    id: string,
    caller: Principal,
  ): Promise<Outcome<CounterVisit<SubjectId>, 'not_found' | `${Use}_visit_over`>>;
  /**
   * `point`: the code was read at a counter of the caller's network a while ago, or that counter took it in. `courier`:
   * he is sent to the door, or took it along.
   */
  relationsOf(db: Queryable, caller: Principal, one: AtHand): Promise<readonly ('point' | 'courier')[]>;
};

/** Whose hands they are. */
export const handOf = (caller: Principal) => (isOnTheRoad(caller) ? 'courier' : 'point');

/** The desk of a room: what clerks and couriers do with the things that its codes open. */
export function counterDesk<Use extends CodeUse, SubjectId extends string>(
  room: Opened<Use, SubjectId>,
): CounterDesk<Use, SubjectId> {
  const { use, store } = room;
  const desk: CounterDesk<Use, SubjectId> = {
    findCounter: async (db, points, caller, pointId) => {
      const point = await points.find(db, pointId);
      const isHis = point !== undefined && (await points.worksAt(db, caller, pointId));
      if (!isHis || !point.services.includes(SERVICE[use]) || !AT_WORK.has(point.state))
        return refused(`${use}_point_unfit`, '');
      return accepted(point);
    },
    readCode: async (work, { points, keyRing }, caller, { pointId, code }) => {
      await work.actFor('network');
      if (isOnTheRoad(caller) ? pointId !== undefined : pointId === undefined)
        return refused(
          `${use}_point_unfit`,
          pointId === undefined ? 'Name the point at which you stand.' : '',
        );
      const at = pointId && (await desk.findCounter(work.db, points, caller, pointId));
      if (at?.ok === false) return at;
      const standing = at?.value ?? { courierId: await courierIdOf(work.db, caller) };
      await work.actFor({ organisationId: caller.organisationId });
      const guessed = await guess(work, store, clerkOf(caller, pointId ?? ''), async () => {
        const owner = await counterCodes(use, store).find(work, keyRing, code);
        return owner && ((await opens(work, room, caller, standing, owner)) ? owner : undefined);
      });
      if ('lockedUntil' in guessed)
        return refused(`${use}_code_locked`, `It is open again at ${guessed.lockedUntil}.`);
      return accepted('found' in guessed ? guessed.found : guessed);
    },
    visitOf: async ({ db, now }, id, caller) => {
      const visit = await store.findVisit(db, id, caller.organisationId);
      if (visit === undefined) return refused('not_found', '');
      return visit.endsAt <= now ? refused(`${use}_visit_over`, '') : accepted(visit);
    },
    relationsOf: async (db, caller, { id, intake, door }) => {
      const callerId = caller.personId ?? caller.id;
      if (caller.organisationKind === 'point_operator') {
        if (intake?.byOrganisationId === caller.organisationId) return ['point'];
        // Who read the code goes on; a colleague reads it himself.
        const visit = await store.findVisit(db, id, caller.organisationId);
        return visit?.byCaller === callerId ? ['point'] : [];
      }
      if (!isOnTheRoad(caller)) return [];
      const isHis = intake?.byCaller === callerId || isSentTo(door, caller, await courierIdOf(db, caller));
      return isHis ? ['courier'] : [];
    },
  };
  return desk;
}

/** Any point of a network that serves the market takes it, wherever its owner was sent; at a door, who was sent there. */
async function opens<SubjectId extends string>(
  work: Work,
  { store, openingOf }: Opened<CodeUse, SubjectId>,
  caller: Principal,
  standing: At | { readonly courierId: string | undefined },
  owner: CodeOwner<SubjectId>,
): Promise<boolean> {
  await work.actFor({ organisationId: owner.organisationId });
  const opening = await openingOf(work, owner);
  if (opening === undefined) return false;
  const { country, networks, door } = opening;
  const fits =
    'courierId' in standing
      ? isSentTo(door, caller, standing.courierId)
      : country === standing.country && (networks.length === 0 || networks.includes(standing.organisationId));
  if (!fits) return false;
  await store.openVisit(work.db, {
    ...owner,
    ...{ pointOrganisationId: caller.organisationId, pointId: 'id' in standing ? standing.id : undefined },
    ...{ byCaller: caller.personId ?? caller.id, openedAt: work.now, endsAt: addMs(work.now, VISIT_MS) },
  });
  return true;
}

/** What became of one parcel that a courier took along, or was to. */
export type HandedOver = { readonly outcome: 'handed_over' | 'refused'; readonly code?: string };

/** Each parcel is answered by itself; in one order for everybody, or two hand-overs of the same would wait for each other. */
export async function handOverEach<Id extends string, Result extends HandedOver>(
  ids: readonly Id[],
  handOver: (id: Id) => Promise<Result>,
) {
  const results: Result[] = [];
  for (const id of [...new Set(ids)].sort()) results.push(await handOver(id));
  const handedOver = results.filter(({ outcome }) => outcome === 'handed_over').length;
  return { handedOver, refused: results.length - handedOver, results };
}
