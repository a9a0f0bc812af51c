import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findOrganisation, isActivePerson, type Principal } from '../accounts/index.ts';
import {
  accepted,
  type Instant,
  type OrganisationId,
  type Outcome,
  type PersonId,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { decide, type PointCommand } from './decide.ts';
import { isDepositThere } from './deposit-terms.ts';
import { listDocuments } from './document-store.ts';
import {
  NO_CONTRACT,
  type OnboardingTerms,
  type Point,
  type PointClerk,
  type PointErrorCode,
  UNMEASURED_QUALITY,
} from './model.ts';
import {
  countPoints,
  findContract,
  hasFact,
  listWaitingForContract,
  type PointContract,
  saveClerk,
  saveContract,
} from './partner-store.ts';
import { faultOfRing } from './range.policy.ts';
import { recordOne, scheduleFiling, scheduleTimers } from './record.ts';
import { findPointByCode, lockPoint, savePoints } from './store.ts';

/** What the network tells of its outlet; states and quality are not its to say. */
export type OutletFacts = Pick<
  Point,
  | 'outletCode'
  | 'name'
  | 'kind'
  | 'services'
  | 'goodsClasses'
  | 'country'
  | 'divisionCodes'
  | 'city'
  | 'postcode'
  | 'addressLines'
  | 'position'
  | 'zone'
  | 'hours'
  | 'exceptions'
  | 'range'
  | 'capacity'
  | 'feePerParcel'
  | 'testBehaviour'
>;

export type OutletChange = {
  readonly [Key in keyof Omit<OutletFacts, 'range'>]?: OutletFacts[Key] | undefined;
} & { readonly range?: Point['range'] | null };

type Done = Outcome<Point, PointErrorCode | 'not_found'>;
/** Who acts, and in which world. */
export type Actor = Pick<Principal, 'id' | 'role' | 'world'>;

/** A network applies for an outlet, or the operator in its name. Acts in the network's scope from then on. */
export async function applyPoint(
  work: Work,
  actor: Actor,
  organisationId: OrganisationId,
  facts: OutletFacts,
): Promise<Done> {
  const organisation = await findOrganisation(work.db, organisationId);
  if (organisation?.kind !== 'point_operator') return refused('point_network_unknown', '');
  await work.actFor({ organisationId });
  const fault = faultOf(actor, facts);
  if (fault !== undefined) return fault;
  if ((await findPointByCode(work.db, organisationId, facts.outletCode)) !== undefined)
    return refused('point_outlet_code_taken', '');
  const point: Point = {
    ...facts,
    id: work.newId('pnt'),
    organisationId,
    quality: UNMEASURED_QUALITY,
    state: 'applied',
    appliedAt: work.now,
    changedAt: work.now,
    version: 1,
  };
  // Somebody may have taken the code since it was looked for.
  if ((await savePoints(work.db, [point])) === 0) return refused('point_outlet_code_taken', '');
  await recordOne(work, point, { event: 'PointApplied', fact: 'apply', byCaller: actor.id });
  return accepted(point);
}

/** Changes what the network tells of its outlet; what is absent stays, a null range serves whoever comes. */
export async function changePoint(
  work: Work,
  actor: Actor,
  pointId: string,
  change: OutletChange,
): Promise<Done> {
  const before = await lockPoint(work.db, pointId);
  if (before === undefined) return refused('not_found', '');
  if (before.state === 'exited') return refused('point_state_conflict', 'The point has left.');
  const { range, ...facts } = change;
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const after: Point = {
    ...before,
    ...given,
    range: range === undefined ? before.range : (range ?? undefined),
    changedAt: work.now,
    version: before.version + 1,
  };
  const fault = faultOf(actor, change);
  if (fault !== undefined) return fault;
  await savePoints(work.db, [after]);
  await recordOne(work, after, { event: 'PointChanged', fact: 'change', byCaller: actor.id });
  return accepted(after);
}

function faultOf(
  actor: Actor,
  facts: { range?: Point['range'] | null; feePerParcel?: unknown; testBehaviour?: unknown },
) {
  if (facts.feePerParcel !== undefined && actor.role !== 'operator')
    return refused('point_fee_by_operator', '');
  if (facts.testBehaviour !== undefined && actor.world !== 'test')
    return refused('point_test_world_only', '');
  const fault = facts.range?.kind === 'polygon' ? faultOfRing(facts.range.ring) : undefined;
  if (fault === undefined) return undefined;
  return refused('point_range_invalid', `${fault}.`, [
    { pointer: '/range/ring', code: 'point_range_invalid', message: fault },
  ]);
}

/** Decides about an outlet and sets the timers that follow. The transaction acts for the point's network. */
export async function actOnPoint(
  work: Work,
  byCaller: string,
  pointId: string,
  command: PointCommand,
): Promise<Done> {
  const before = await lockPoint(work.db, pointId);
  if (before === undefined) return refused('not_found', '');
  const terms = await findTerms(work.db, before.organisationId, work.now);
  if (command.type === 'accept_documents' && terms.needsDocuments) {
    const papers = await listDocuments(work.db, before.organisationId, pointId);
    if (papers.length === 0) return refused('point_documents_missing', '');
  }
  const decision = decide(before, command, { at: work.now, terms });
  if (!decision.ok) return decision;
  const { progress, event } = decision.value;
  const after: Point = { ...before, ...progress, changedAt: work.now, version: before.version + 1 };
  await savePoints(work.db, [after]);
  scheduleTimers(work, after);
  if (command.type === 'complete_training') scheduleFiling(work, after);
  const reason = 'reason' in command ? command.reason : undefined;
  const note = 'note' in command ? command.note : undefined;
  await recordOne(work, after, { event, fact: command.type, byCaller, reason, note });
  return accepted(after);
}

/** Reminds of the filing at the authority, unless its number is here. */
export async function remindOfFiling(work: Work, pointId: string, organisationId: string): Promise<void> {
  if (await hasFact(work.db, { organisationId, pointId }, 'record_filing')) return;
  await actOnPoint(work, 'timer', pointId, { type: 'filing_due' });
}

/** Records the network's contract; outlets that waited for it go on to training. */
export async function agreeContract(
  work: Work,
  byCaller: string,
  contract: PointContract,
): Promise<Outcome<PointContract, PointErrorCode>> {
  const { organisationId, validFrom, validTo } = contract;
  if (validTo !== undefined && validTo <= validFrom) return refused('point_dates_turned_round', '');
  const organisation = await findOrganisation(work.db, organisationId);
  if (organisation?.kind !== 'point_operator') return refused('point_network_unknown', '');
  await work.actFor({ organisationId });
  await saveContract(work.db, contract, byCaller);
  // A contract of tomorrow lets outlets go on tomorrow.
  if (validFrom > work.now) {
    const payload = { organisationId };
    work.schedule({
      kind: CONTRACT_BEGINS,
      key: `${organisationId} ${validFrom}`,
      runAt: validFrom,
      payload,
    });
  }
  await releaseWaiting(work, byCaller, organisationId);
  return accepted(contract);
}

export const CONTRACT_BEGINS = 'points.contract_begins';

/** Outlets that waited for their network's contract go on, when it is in force. In the network's scope. */
export async function releaseWaiting(work: Work, byCaller: string, organisationId: string): Promise<void> {
  const terms = await findTerms(work.db, organisationId, work.now);
  if (!terms.isInForce) return;
  for (const pointId of await listWaitingForContract(work.db, organisationId))
    await actOnPoint(work, byCaller, pointId, { type: 'contract_in_force' });
}

/** What the contract of a network asks of its outlets at a moment; without one everything. */
export async function findTerms(
  db: Queryable,
  organisationId: string,
  at: Instant,
): Promise<OnboardingTerms> {
  const contract = await findContract(db, organisationId);
  if (contract === undefined) return NO_CONTRACT;
  const { needsDocuments, needsSiteCheck, validFrom, validTo } = contract;
  const isNow = validFrom <= at && (validTo === undefined || at < validTo);
  return { needsDocuments, needsSiteCheck, isInForce: isNow && (await isDepositThere(db, contract)) };
}

/** Says at which outlets a person of the network works. */
export async function placeClerk(
  work: Work,
  command: {
    readonly organisationId: OrganisationId;
    readonly personId: PersonId;
    readonly pointIds: readonly PointId[];
  },
): Promise<Outcome<PointClerk, PointErrorCode>> {
  const { organisationId, personId } = command;
  if (!(await isActivePerson(work.db, { organisationId, personId, role: 'point_clerk' })))
    return refused('point_clerk_person_unknown', '');
  const pointIds = [...new Set(command.pointIds)];
  if ((await countPoints(work.db, organisationId, pointIds)) < pointIds.length)
    return refused('point_unknown', '');
  const clerk: PointClerk = { organisationId, personId, pointIds, changedAt: work.now };
  await saveClerk(work.db, clerk);
  return accepted(clerk);
}
