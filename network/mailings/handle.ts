import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { activeVersion } from '../rulebooks/index.ts';
import { announceFact, announcePlaced, type Told } from './announce.ts';
import { dropCodes } from './code-store.ts';
import { decide, evolve, type MailingCommand, type MailingFact } from './decide.ts';
import type { MailingErrorCode } from './errors.ts';
import { leaveHandover } from './handover.ts';
import type { Mailing, PartyWord } from './model.ts';
import { closeMoney } from './money.ts';
import { DEFAULT_MAILING_POLICY, dueAfter, type MailingPolicy } from './rulebook.ts';
import { MAILING_POLICY_KIND } from './rulebook-kind.ts';
import { insertMailing, insertSteps, lockMailing, type Step, saveMailing } from './store.ts';

/** The clock of a mailing rings; what follows stands in `decide`. */
export const CLOCK = 'mailings.clock';

/** Who acts, as the steps of a mailing name him: a caller, the clock, or what tracking saw. */
export type By = { readonly party: PartyWord; readonly callerId: string };
export const CLOCKWORK: By = { party: 'rules', callerId: 'rules' };
export const SENDER: By = { party: 'sender', callerId: 'portal' };
export const TRACKING: By = { party: 'tracking', callerId: 'tracking' };

export type PolicyInForce = { readonly versionId: string; readonly document: MailingPolicy };

type Bound = Pick<Mailing, 'organisationId' | 'clientPlatformId'>;

/**
 * The rules of the marketplace that orders or binds who does, else the network's, else those shipped; of a moment, so
 * that a mailing keeps its own.
 */
export async function policyAt(db: Work['db'], by: Bound, at: Instant): Promise<PolicyInForce> {
  const scope = by.clientPlatformId ?? by.organisationId;
  const active = await activeVersion(db, MAILING_POLICY_KIND, scope, at);
  return active ?? { versionId: 'shipped', document: DEFAULT_MAILING_POLICY };
}

/** The rules that were in force when the mailing was ordered. */
export async function policyOf(
  db: Work['db'],
  one: Bound & Pick<Mailing, 'placedAt'>,
): Promise<MailingPolicy> {
  return (await policyAt(db, one, one.placedAt)).document;
}

export type MailingOutcome = Outcome<Mailing, MailingErrorCode | 'not_found'>;
export type MailingKey = { readonly organisationId: string; readonly id: string };

/** Loads for update, decides and settles, in the scope of the owner. `changed`: what comes with the command. */
export async function act(
  work: Work,
  ref: MailingKey,
  by: By,
  command: MailingCommand,
  changed: (one: Mailing) => Mailing = (one) => one,
): Promise<MailingOutcome> {
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  return actOn(work, before, by, command, changed);
}

/** As `act`, on a mailing that is locked already. */
export async function actOn(
  work: Work,
  before: Mailing,
  by: By,
  command: MailingCommand,
  changed: (one: Mailing) => Mailing = (one) => one,
): Promise<MailingOutcome> {
  const policy = await policyOf(work.db, before);
  const decision = decide(before.state, command, {
    now: work.now,
    due: (clock) => dueAfter(policy, clock, work.now),
  });
  if (!decision.ok) return decision;
  if (decision.value.length === 0) return accepted(before);
  return accepted(await settleFacts(work, changed(before), decision.value, by));
}

/** Folds facts into a mailing, lets what depends on them follow, saves and tells. */
async function settleFacts(
  work: Work,
  one: Mailing,
  facts: readonly MailingFact[],
  by: By,
): Promise<Mailing> {
  let after = one;
  const steps: Step[] = [];
  for (const fact of facts) {
    after = { ...after, state: evolve(after.state, fact), changedAt: work.now };
    after = await follow(work, after, fact);
    steps.push(stepOf(after, fact, by, work.now));
    after = tell(work, after, announceFact(after, fact));
  }
  await saveMailing(work.db, after);
  await insertSteps(work.db, after, steps);
  watchClock(work, one, after);
  return after;
}

async function follow(work: Work, one: Mailing, fact: MailingFact): Promise<Mailing> {
  switch (fact.kind) {
    case 'closed': {
      await dropCodes(work.db, one.id);
      await closeMoney(work, one);
      return { ...(await leaveHandover(work, one, fact.reason)), sealedCode: undefined };
    }
    case 'accepted':
      await dropCodes(work.db, one.id);
      return { ...one, sealedCode: undefined };
    default:
      return one;
  }
}

function stepOf(one: Mailing, fact: MailingFact, by: By, at: Instant): Step {
  return {
    fact: fact.kind,
    state: one.state.name,
    party: by.party,
    byCaller: by.callerId,
    reason: 'reason' in fact ? fact.reason : undefined,
    occurredAt: at,
  };
}

/** A mailing begins. False when its handle is taken. */
export async function begin(work: Work, one: Mailing, by: By): Promise<Mailing | undefined> {
  if (!(await insertMailing(work.db, one))) return undefined;
  const placed = tell(work, one, announcePlaced(one));
  await saveMailing(work.db, placed);
  const step = { fact: 'placed', state: placed.state.name, party: by.party, byCaller: by.callerId };
  await insertSteps(work.db, placed, [{ ...step, reason: undefined, occurredAt: work.now }]);
  watchClock(work, undefined, placed);
  return placed;
}

/** Each event takes a version, so that the sequence of a mailing grows with each. */
function tell(work: Work, one: Mailing, { event, payload }: Told): Mailing {
  const version = one.version + 1;
  const audience = [one.organisationId, one.point?.organisationId, one.intake?.byOrganisationId];
  work.emit({
    type: event.name,
    group: { organisationId: one.organisationId },
    subjectId: one.id,
    subjectSequence: version,
    audience: [...new Set(audience.filter((id) => id !== undefined))],
    payload: { ...payload, occurredAt: work.now },
  });
  return { ...one, version };
}

/** A new clock, a new job; one that rings for a state that is over finds another `dueAt` and does nothing. */
function watchClock(work: Work, before: Mailing | undefined, after: Mailing): void {
  const dueAt = 'dueAt' in after.state ? after.state.dueAt : undefined;
  const known = before !== undefined && 'dueAt' in before.state ? before.state.dueAt : undefined;
  if (dueAt === undefined || dueAt === known) return;
  const { id, organisationId } = after;
  const payload = { organisationId, mailingId: id };
  work.schedule({ kind: CLOCK, key: `${id}/${dueAt}`, runAt: dueAt, payload });
}
