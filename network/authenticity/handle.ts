import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { accepted, type Instant, type OrganisationId, refused } from '../kernel/index.ts';
import { activeVersion, canonicalJson, NETWORK } from '../rulebooks/index.ts';
import { assess, levelOf } from './assess.policy.ts';
import { type CaseCommand, type CaseDecision, decide, FRESH_CASE, standingOf } from './decide.ts';
import {
  PenaltyImposed,
  PenaltyRevoked,
  VerificationCleared,
  VerificationConfirmed,
  VerificationMoved,
  VerificationSuspected,
  VerificationUnderReview,
} from './events.ts';
import {
  type AuthenticityErrorCode,
  type Judge,
  type Level,
  POINTS,
  type Verification,
  type VerificationId,
} from './model.ts';
import {
  countPenaltyChanges,
  insertPenalty,
  lockPenalties,
  type Penalty,
  revokePenalty,
  type StandingPenalties,
  standingPenalties,
} from './penalty-store.ts';
import type { AuthenticityPorts, DeclaredCase } from './ports.ts';
import { slipEndsAt, suspendedUntil } from './restriction.policy.ts';
import { DEFAULT_FALSE_TRACKING, type FalseTrackingDocument, firstScanDueAt } from './rulebook.ts';
import {
  type CaseRef,
  insertSteps,
  insertVerification,
  listCasesOf,
  lockVerification,
  saveVerification,
} from './store.ts';

/** The rules look at a case again when its time has come. */
export const LOOK_AGAIN = 'authenticity.look_again';
/** Author of steps that the rules made. */
const RULES = 'rules';

type RulesInForce = { readonly versionId: string; readonly document: FalseTrackingDocument };

/** Opens the case of a declaration, or looks at it again when it is open: news may come twice. */
export async function openCase(
  work: Work,
  ports: AuthenticityPorts,
  externalShipmentId: string,
): Promise<void> {
  await work.actFor('network');
  const declared = await ports.readDeclaration(work, externalShipmentId);
  if (declared === undefined) return;
  const rules = await rulesFor(work, ports, declared);
  const one = freshVerification(work, declared, rules);
  await work.actFor({ organisationId: one.organisationId });
  if (await insertVerification(work.db, one)) {
    await insertSteps(work.db, one, ['pending'], {
      judge: 'rules',
      byCaller: RULES,
      reason: undefined,
      occurredAt: work.now,
    });
    lookAt(work, one, one.firstScanDueAt);
    lookAfterSlip(work, one, rules.document);
    tell(work, one, 2, VerificationMoved.name, { state: one.state });
  }
  await work.actFor('network');
  // The others that declared this number are to be seen in a new light, too.
  await lookAgain(work, ports, await listCasesOf(work.db, { numbers: [one.number] }));
}

function freshVerification(work: Work, declared: DeclaredCase, rules: RulesInForce): Verification {
  const { facts } = declared;
  return {
    ...FRESH_CASE,
    id: work.newId('vrf'),
    organisationId: declared.organisationId,
    clientPlatformId: declared.clientPlatformId,
    externalShipmentId: facts.declaration.externalShipmentId,
    orderId: declared.orderId,
    carrierCode: facts.declaration.carrierCode,
    number: facts.declaration.number,
    version: 1,
    assessment: { outlook: 'open', score: 0, findings: [], supports: [] },
    proposedLevel: 'general',
    rulebookVersionId: rules.versionId,
    facts,
    declaredAt: facts.declaration.declaredAt,
    firstScanDueAt: firstScanDueAt(facts, rules.document),
    suspectedAt: undefined,
    reviewAt: undefined,
    decidedAt: undefined,
    changedAt: work.now,
  };
}

/** Judges cases by all that is known now. Begins and ends in the network's scope. */
export async function lookAgain(
  work: Work,
  ports: AuthenticityPorts,
  cases: readonly CaseRef[],
): Promise<void> {
  for (const one of cases) await look(work, ports, one);
}

async function look(work: Work, ports: AuthenticityPorts, ref: CaseRef): Promise<void> {
  await work.actFor({ organisationId: ref.organisationId });
  const before = await lockVerification(work.db, ref.organisationId, ref.id);
  if (before === undefined) return;
  await work.actFor('network');
  const declared = await ports.readDeclaration(work, before.externalShipmentId);
  if (declared === undefined) return;
  const rules = await rulesFor(work, ports, declared);
  await work.actFor({ organisationId: ref.organisationId });
  if (declared.withdrawnAt !== undefined) {
    const decision = decide(before, { kind: 'withdraw' }, factsOf(work, before, rules));
    if (decision.ok && decision.value.steps.length > 0) {
      await settle(work, before, decision.value, { judge: RULES, byCaller: RULES }, rules.document);
      await work.actFor('network');
      return;
    }
  }
  await judge(work, before, declared, rules);
  await work.actFor('network');
}

async function judge(
  work: Work,
  before: Verification,
  declared: DeclaredCase,
  rules: RulesInForce,
): Promise<void> {
  const verdict = async () =>
    verdictOf(
      work,
      before,
      declared,
      rules,
      await standingPenalties(work.db, before.organisationId, work.now),
    );
  let { after, decision } = await verdict();
  if (decision.penalty === 'impose') {
    // How serious it is hangs on those before it: it waits for the merchant's others that are under way, and counts them.
    await lockPenalties(work.db, before.organisationId);
    ({ after, decision } = await verdict());
  }
  if (after.firstScanDueAt !== before.firstScanDueAt) lookAt(work, after, after.firstScanDueAt);
  lookAfterSlip(work, after, rules.document);
  if (decision.steps.length > 0) {
    await settle(work, after, decision, { judge: RULES, byCaller: RULES }, rules.document);
    return;
  }
  // Nothing follows; what is known and what is said of it is kept all the same.
  if (contentOf(before) !== contentOf(after)) await saveVerification(work.db, after);
}

/** What the rules say of a case by all that is known, and what follows. */
function verdictOf(
  work: Work,
  before: Verification,
  { facts }: DeclaredCase,
  rules: RulesInForce,
  penalties: StandingPenalties,
): { readonly after: Verification; readonly decision: CaseDecision } {
  const assessment = assess(facts, rules.document);
  const after: Verification = {
    ...before,
    carrierCode: facts.declaration.carrierCode,
    number: facts.declaration.number,
    facts,
    assessment,
    proposedLevel: levelOf(facts, penalties.count, rules.document),
    rulebookVersionId: rules.versionId,
    firstScanDueAt: firstScanDueAt(facts, rules.document),
  };
  const command = { kind: 'assess', assessment, proposedLevel: after.proposedLevel } as const;
  const decision = decide(before, command, factsOf(work, after, rules));
  if (!decision.ok) throw new Error(`an assessment was refused: ${decision.rejection.code}`);
  return { after, decision: decision.value };
}

/** What a person does with a case, as its owner. The caller has the right to it already. */
export async function act(
  work: Work,
  ports: AuthenticityPorts,
  ref: CaseRef,
  by: { readonly judge: Judge | undefined; readonly callerId: string; readonly reason?: string | undefined },
  commandFor: (before: Verification) => CaseCommand,
): Promise<Outcome<Verification, AuthenticityErrorCode | 'not_found'>> {
  const before = await lockVerification(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const rules = await rulesFor(work, ports, before);
  const decision = decide(before, commandFor(before), factsOf(work, before, rules));
  if (!decision.ok) return decision;
  const stepBy = { judge: by.judge, byCaller: by.callerId, reason: by.reason };
  return accepted(await settle(work, before, decision.value, stepBy, rules.document));
}

/** Stands for a version where none is in force: the network retired its own, and what is shipped counts. */
const SHIPPED: RulesInForce = { versionId: 'shipped', document: DEFAULT_FALSE_TRACKING };

/** The rules of a marketplace, else those of the network, else the shipped ones. */
export async function rulesInForce(
  db: Queryable,
  kind: AuthenticityPorts['rulebook'],
  clientPlatformId: OrganisationId | undefined,
  now: Instant,
): Promise<RulesInForce> {
  return (await activeVersion(db, kind, clientPlatformId ?? NETWORK, now)) ?? SHIPPED;
}

function rulesFor(
  work: Work,
  ports: AuthenticityPorts,
  { clientPlatformId }: Pick<Verification, 'clientPlatformId'>,
): Promise<RulesInForce> {
  return rulesInForce(work.db, ports.rulebook, clientPlatformId, work.now);
}

function factsOf(work: Work, one: Verification, rules: RulesInForce) {
  return { now: work.now, rules: rules.document, shipFrom: one.facts.declaration.shipFrom };
}

/** Writes what was decided and tells it. */
async function settle(
  work: Work,
  one: Verification,
  decision: CaseDecision,
  by: { readonly judge: Judge | undefined; readonly byCaller: string; readonly reason?: string | undefined },
  rules: FalseTrackingDocument,
): Promise<Verification> {
  const { standing, steps } = decision;
  const reached = (step: (typeof steps)[number]) => steps.includes(step);
  const isDecided =
    by.judge !== undefined && (reached('cleared') || reached('penalised') || reached('revoked'));
  const after: Verification = {
    ...one,
    ...standingOf(standing),
    version: one.version + 1,
    suspectedAt: reached('suspected') ? work.now : one.suspectedAt,
    reviewAt: reached('under_review') ? work.now : one.reviewAt,
    decidedAt: isDecided || reached('upheld') ? work.now : one.decidedAt,
    changedAt: work.now,
  };
  await saveVerification(work.db, after);
  await insertSteps(work.db, after, steps, {
    judge: by.judge,
    byCaller: by.byCaller,
    reason: by.reason,
    occurredAt: work.now,
  });
  if (reached('suspected') && standing.settlesAt !== undefined) lookAt(work, after, standing.settlesAt);
  if (reached('under_review') && standing.proofDueAt !== undefined) lookAt(work, after, standing.proofDueAt);
  announce(work, one, after, by.judge);
  if (decision.penalty === 'impose') await impose(work, after, rules);
  if (decision.penalty === 'revoke') await revoke(work, after, by.judge ?? RULES, rules);
  return after;
}

function announce(work: Work, before: Verification, after: Verification, judge: Judge | undefined): void {
  if (after.state === before.state) return;
  tell(work, after, 2, VerificationMoved.name, { state: after.state });
  const rules = after.assessment.findings.map((finding) => finding.rule);
  const by = judge ?? RULES;
  if (after.state === 'suspected')
    tell(work, after, 0, VerificationSuspected.name, { rules, settlesAt: after.settlesAt });
  if (after.state === 'under_review')
    tell(work, after, 0, VerificationUnderReview.name, { rules, proofDueAt: after.proofDueAt });
  if (after.state === 'penalised')
    tell(work, after, 0, VerificationConfirmed.name, {
      by,
      level: after.level,
      appealDueAt: after.appealDueAt,
    });
  const wasSuspicious = before.state === 'suspected' || before.state === 'under_review';
  const isQuiet = after.state === 'genuine' || after.state === 'pending' || after.state === 'cleared';
  if (wasSuspicious && isQuiet) tell(work, after, 0, VerificationCleared.name, { by });
}

async function impose(work: Work, one: Verification, rules: FalseTrackingDocument): Promise<void> {
  const level: Level = one.level ?? 'general';
  const penalty: Penalty = {
    id: work.newId('pen'),
    organisationId: one.organisationId,
    verificationId: one.id,
    clientPlatformId: one.clientPlatformId,
    level,
    points: POINTS[level],
    imposedAt: work.now,
    revokedAt: undefined,
  };
  await lockPenalties(work.db, one.organisationId);
  await insertPenalty(work.db, penalty);
  await tellPenalty(work, one, penalty, PenaltyImposed.name, {}, rules);
}

async function revoke(work: Work, one: Verification, by: Judge, rules: FalseTrackingDocument): Promise<void> {
  await lockPenalties(work.db, one.organisationId);
  const penalty = await revokePenalty(work.db, one, work.now);
  await tellPenalty(work, one, penalty, PenaltyRevoked.name, { by }, rules);
}

async function tellPenalty(
  work: Work,
  one: Verification,
  { id, level, points }: Penalty,
  type: string,
  more: object,
  rules: FalseTrackingDocument,
): Promise<void> {
  const [standing, changes] = await Promise.all([
    standingPenalties(work.db, one.organisationId, work.now),
    countPenaltyChanges(work.db, one.organisationId),
  ]);
  const until = suspendedUntil(standing, rules);
  tell(work, one, 1, type, {
    ...{ penaltyId: id, level, points, total: standing.points, changes, ...more },
    ...(until === undefined ? {} : { suspendedUntil: until }),
  });
}

/** `position`: of the event among those of one step, so that the sequence of a case grows with each. */
function tell(work: Work, one: Verification, position: 0 | 1 | 2, type: string, more: object): void {
  work.emit({
    type,
    group: { organisationId: one.organisationId },
    subjectId: one.id,
    subjectSequence: one.version * 3 + position,
    audience: type === VerificationMoved.name ? [] : audienceOf(one),
    payload: {
      verificationId: one.id,
      externalShipmentId: one.externalShipmentId,
      orderId: one.orderId,
      organisationId: one.organisationId,
      clientPlatformId: one.clientPlatformId,
      carrierCode: one.carrierCode,
      number: one.number,
      occurredAt: work.now,
      ...more,
    },
  });
}

function audienceOf({ organisationId, clientPlatformId }: Verification): readonly string[] {
  return clientPlatformId === undefined ? [organisationId] : [organisationId, clientPlatformId];
}

/** A malformed number is looked at when it can be no slip of the pen any more. */
function lookAfterSlip(work: Work, one: Verification, rules: FalseTrackingDocument): void {
  const at = slipEndsAt(one.facts, rules);
  if (one.facts.numberCheck === 'fails' && at > work.now) lookAt(work, one, at);
}

function lookAt(
  work: Work,
  one: { readonly id: VerificationId; readonly organisationId: string },
  at: Instant,
): void {
  const { id, organisationId } = one;
  work.schedule({
    kind: LOOK_AGAIN,
    key: `${id}/${at}`,
    runAt: at,
    payload: { organisationId, verificationId: id },
  });
}

/** What is kept of a look, but for its moment. */
function contentOf({ facts, assessment, proposedLevel, rulebookVersionId }: Verification): string {
  const { at: _at, ...known } = facts;
  return canonicalJson({ known, assessment, proposedLevel, rulebookVersionId });
}
