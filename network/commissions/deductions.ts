import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type Money,
  type OrganisationId,
  type Outcome,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { derivedId } from '../ledger/index.ts';
import { findPoint } from '../points/index.ts';
import type { Vault } from '../vault/index.ts';
import { keepLines } from './accrue.ts';
import { collectedFor, deductionFor, tariffFor } from './commission.policy.ts';
import { type DeductionCommand, decide } from './decide.ts';
import { insertDeduction, lockDeduction, saveDeduction } from './deduction-store.ts';
import { DeductionAppealed, DeductionDecided, PointDeducted } from './events.ts';
import { lockAccount } from './line-store.ts';
import type { CommissionErrorCode, Deduction, DeductionId, Line, LineId, Subject } from './model.ts';
import type { PricedReason } from './rulebook.ts';
import { enterNetwork, type PointNetwork, rulesAt } from './rules.ts';

export type ImposeDeduction = {
  readonly pointId: PointId;
  readonly subject: Subject;
  readonly occurredAt: Instant;
  readonly evidence: string | undefined;
  readonly imposedBy: string;
} & (
  | { readonly reason: PricedReason }
  /** What the goods cost. */
  | { readonly reason: 'cash_not_recorded'; readonly amount: Money }
);

/**
 * Takes from a network what the rules of the moment of the event ask for its reason. Begins in any scope that sees the
 * point, ends in that of its network. Once for a reason and thing.
 */
export async function imposeDeduction(
  work: Work,
  vault: Vault,
  command: ImposeDeduction,
): Promise<Outcome<Deduction, CommissionErrorCode>> {
  const { pointId, reason, subject, occurredAt, evidence, imposedBy } = command;
  const point = await findPoint(work.db, pointId);
  if (point === undefined) return refused('deduction_point_unknown', '');
  if (occurredAt > work.now) return refused('deduction_in_future', '');
  const { organisationId, country } = point;
  const network = await enterNetwork(work, organisationId);
  const rules = await rulesAt(work.db, organisationId, occurredAt);
  const taken =
    command.reason === 'cash_not_recorded'
      ? collectedFor(command.amount)
      : deductionFor(tariffFor(rules.document, country), command.reason);
  const id: DeductionId = work.newId('pdd');
  const deduction: Deduction = {
    id,
    organisationId,
    version: 1,
    pointId,
    country,
    reason,
    subject,
    occurredAt,
    rulesVersionId: rules.versionId,
    currency: taken.currency,
    amountMinor: 0 - taken.amountMinor,
    state: 'imposed',
    sealedEvidence: await sealed(work, vault, { organisationId, id }, 'evidence', evidence),
    sealedAppeal: undefined,
    sealedDecision: undefined,
    imposedBy,
    decidedBy: undefined,
    imposedAt: work.now,
    appealUntil: addDays(work.now, rules.document.appealDays),
    appealedAt: undefined,
    decidedAt: undefined,
  };
  if (!(await insertDeduction(work.db, deduction))) return refused('deduction_repeated', '');
  await keepDeductionLine(work, network, deduction, 'deduction');
  tell(work, network, deduction, PointDeducted.name, { appealUntil: deduction.appealUntil });
  return accepted(deduction);
}

/** What a person says, sealed in the network's data key: people write names and addresses. */
async function sealed(
  work: Work,
  vault: Vault,
  deduction: Pick<Deduction, 'id' | 'organisationId'>,
  part: 'evidence' | 'appeal' | 'decision',
  text: string | undefined,
): Promise<Uint8Array | undefined> {
  if (text === undefined) return undefined;
  const { organisationId, id } = deduction;
  return vault.sealBlob(work, {
    organisationId,
    name: `${id} ${part}`,
    bytes: new TextEncoder().encode(text),
  });
}

function deductionLineId(deductionId: DeductionId): LineId {
  return derivedId('pcm', [deductionId, 'deduction']);
}

async function keepDeductionLine(
  work: Work,
  network: PointNetwork,
  deduction: Deduction,
  kind: 'deduction' | 'deduction_returned',
): Promise<void> {
  const { organisationId, id, amountMinor } = deduction;
  const sequence = (await lockAccount(work.db, organisationId, work.now)) + 1;
  const signedMinor = kind === 'deduction' ? 0 - amountMinor : amountMinor;
  const isReturned = kind === 'deduction_returned';
  const line: Line = {
    id: isReturned ? derivedId('pcm', [id, 'returned']) : deductionLineId(id),
    organisationId,
    sequence,
    kind,
    rule: deduction.reason,
    eventId: id,
    eventType: isReturned ? DeductionDecided.name : PointDeducted.name,
    pointId: deduction.pointId,
    country: deduction.country,
    subject: deduction.subject,
    occurredAt: isReturned ? work.now : deduction.occurredAt,
    accruedAt: work.now,
    rulesVersionId: deduction.rulesVersionId,
    currency: deduction.currency,
    amountMinor: signedMinor,
    outletMinor: signedMinor,
    // What the tariff does not say stands in the line.
    inputs: deduction.reason === 'cash_not_recorded' ? { baseMinor: amountMinor } : {},
    reverses: isReturned ? deductionLineId(id) : undefined,
    statementId: undefined,
  };
  await keepLines(work, network, [line]);
}

/** What a person does with a deduction, as its owner: the network appeals, the operator decides. */
export async function actOnDeduction(
  work: Work,
  vault: Vault,
  ref: { readonly organisationId: OrganisationId; readonly id: string },
  said: { readonly command: DeductionCommand; readonly text: string; readonly byCaller: string },
): Promise<Outcome<Deduction, CommissionErrorCode | 'not_found'>> {
  const before = await lockDeduction(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const { command, text, byCaller } = said;
  const decision = decide(before, command, work.now);
  if (!decision.ok) return decision;
  const { state, recoveredMinor } = decision.value;
  const network = await enterNetwork(work, ref.organisationId);
  const changed = { ...before, state, version: before.version + 1 };
  if (command.kind === 'appeal') {
    const sealedAppeal = await sealed(work, vault, before, 'appeal', text);
    const after: Deduction = { ...changed, sealedAppeal, appealedAt: work.now };
    await saveDeduction(work.db, after);
    tell(work, network, after, DeductionAppealed.name, {});
    return accepted(after);
  }
  const sealedDecision = await sealed(work, vault, before, 'decision', text);
  const after: Deduction = { ...changed, sealedDecision, decidedBy: byCaller, decidedAt: work.now };
  await saveDeduction(work.db, after);
  if (recoveredMinor > 0) await keepDeductionLine(work, network, after, 'deduction_returned');
  tell(work, network, after, DeductionDecided.name, {
    decision: state,
    recovered: { amountMinor: recoveredMinor, currency: after.currency },
  });
  return accepted(after);
}

function tell(work: Work, network: PointNetwork, deduction: Deduction, type: string, more: object): void {
  const { organisationId, pointId, reason, subject, amountMinor, currency } = deduction;
  work.emit({
    type,
    group: { organisationId },
    subjectId: deduction.id,
    subjectSequence: deduction.version,
    audience: [organisationId, network.operatorId],
    payload: {
      deductionId: deduction.id,
      organisationId,
      pointId,
      reason,
      subject,
      amount: { amountMinor, currency },
      occurredAt: work.now,
      ...more,
    },
  });
}
