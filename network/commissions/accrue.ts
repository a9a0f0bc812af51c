import type { Work } from '../../platform/world/index.ts';
import type { CountryCode, OrganisationId } from '../kernel/index.ts';
import { derivedId, recordEarnings } from '../ledger/index.ts';
import { listPoints, type Point } from '../points/index.ts';
import { counterLine, type DraftLine, linesOf, linesToReverse, type PointFact } from './accrual.policy.ts';
import { scheduleClose } from './close.ts';
import { CommissionAccrued } from './events.ts';
import {
  insertLines,
  listKnownLines,
  listLinesOfSubjects,
  listMonthCounts,
  lockAccount,
  saveMonthCounts,
  saveSequence,
} from './line-store.ts';
import { isCollected, type Line, type LineId, type LineRule } from './model.ts';
import { enterNetwork, type PointNetwork, rulesAt } from './rules.ts';
import { monthOf } from './week.policy.ts';

/**
 * Writes what happened at points as lines of their networks, in the order of the facts, and books it. A fact that is
 * there is left alone, so a repeated event changes nothing. Begins and ends in the network's scope.
 */
export async function accrue(work: Work, facts: readonly PointFact[]): Promise<void> {
  const points = new Map<string, Point>();
  for (const point of await listPoints(work.db, [...new Set(facts.map((fact) => fact.pointId))]))
    points.set(point.id, point);
  const known = facts.flatMap((fact) => {
    const point = points.get(fact.pointId);
    return point === undefined ? [] : [{ fact, point }];
  });
  for (const [organisationId, own] of Map.groupBy(known, ({ point }) => point.organisationId)) {
    await accrueFor(work, organisationId, own);
    await work.actFor('network');
  }
}

type FactAtPoint = { readonly fact: PointFact; readonly point: Point };

async function accrueFor(
  work: Work,
  organisationId: OrganisationId,
  facts: readonly FactAtPoint[],
): Promise<void> {
  const network = await enterNetwork(work, organisationId);
  const journal = await openJournal(work, network, facts);
  for (const { fact, point } of facts) {
    if (fact.kind === 'undone') reverse(work, journal, fact);
    else await add(work, journal, fact, point.country);
  }
  if (journal.fresh.length > 0) await keepLines(work, network, journal.fresh);
  await saveMonthCounts(work.db, organisationId, [...journal.counts.values()]);
}

/** What is there of a network, and what this transaction adds to it under the account's lock. */
type Journal = {
  readonly network: PointNetwork;
  /** Lines about things of which something is undone, and the new ones. */
  readonly lines: Line[];
  readonly fresh: Line[];
  readonly there: Set<string>;
  readonly counts: Map<string, { readonly rule: string; readonly month: string; count: number }>;
  sequence: number;
};

async function openJournal(
  work: Work,
  network: PointNetwork,
  facts: readonly FactAtPoint[],
): Promise<Journal> {
  const { organisationId, zone } = network;
  const sequence = await lockAccount(work.db, organisationId, work.now);
  const undone = facts.flatMap(({ fact }) => (fact.kind === 'undone' ? [fact.subject.id] : []));
  const lines = await listLinesOfSubjects(work.db, organisationId, undone);
  const months = new Set(facts.map(({ fact }) => monthOf(fact.occurredAt, zone)));
  for (const line of lines) if (line.inputs.month !== undefined) months.add(line.inputs.month);
  const counts = await listMonthCounts(work.db, organisationId, [...months]);
  const ids = facts.flatMap(({ fact }) =>
    fact.kind === 'undone' ? [] : [accrualId(fact.eventId, firstRuleOf(fact))],
  );
  return {
    network,
    sequence,
    lines,
    fresh: [],
    there: new Set(await listKnownLines(work.db, organisationId, ids)),
    counts: new Map(counts.map((one) => [`${one.rule} ${one.month}`, { ...one }])),
  };
}

type Earning = Exclude<PointFact, { kind: 'undone' }>;

function firstRuleOf(fact: Earning): LineRule {
  if (fact.kind === 'work') return fact.work;
  return fact.kind === 'storage_fee' ? 'storage_collected' : 'cod_collected';
}

/** One line an event and rule. */
function accrualId(eventId: string, rule: LineRule): LineId {
  return derivedId('pcm', [eventId, rule]);
}

async function add(work: Work, journal: Journal, fact: Earning, country: CountryCode): Promise<void> {
  const id = accrualId(fact.eventId, firstRuleOf(fact));
  if (journal.there.has(id)) return;
  journal.there.add(id);
  const rules = await rulesAt(work.db, journal.network.organisationId, fact.occurredAt);
  const month = monthOf(fact.occurredAt, journal.network.zone);
  const drafts = linesOf(fact, rules.document, country, (rule) => ({
    month,
    monthCount: count(journal, rule, month, 1),
  }));
  for (const draft of drafts) {
    place(work, journal, fact, {
      ...draft,
      id: accrualId(fact.eventId, draft.rule),
      pointId: fact.pointId,
      country,
      rulesVersionId: rules.versionId,
      reverses: undefined,
    });
  }
}

function reverse(work: Work, journal: Journal, fact: Extract<PointFact, { kind: 'undone' }>): void {
  const mine = journal.lines.filter((line) => line.subject.id === fact.subject.id);
  for (const line of linesToReverse(mine, fact.rules)) {
    if (line.inputs.month !== undefined) count(journal, line.rule, line.inputs.month, -1);
    place(work, journal, fact, {
      ...counterLine(line),
      id: derivedId('pcm', [fact.eventId, 'counter', line.id]),
      pointId: line.pointId,
      country: line.country,
      rulesVersionId: line.rulesVersionId,
      reverses: line.id,
    });
  }
}

function count(journal: Journal, rule: LineRule, month: string, by: number): number {
  const key = `${rule} ${month}`;
  const one = journal.counts.get(key) ?? { rule, month, count: 0 };
  journal.counts.set(key, one);
  one.count += by;
  return one.count;
}

type Placed = DraftLine & Pick<Line, 'id' | 'pointId' | 'country' | 'rulesVersionId' | 'reverses'>;

function place(work: Work, journal: Journal, fact: PointFact, placed: Placed): void {
  journal.sequence += 1;
  const line: Line = {
    ...placed,
    organisationId: journal.network.organisationId,
    sequence: journal.sequence,
    eventId: fact.eventId,
    eventType: fact.eventType,
    subject: fact.subject,
    occurredAt: fact.occurredAt,
    accruedAt: work.now,
    statementId: undefined,
  };
  journal.lines.push(line);
  journal.fresh.push(line);
}

/**
 * Keeps new lines in the order of their places, books them and sees to it that a statement takes them in. Part of a
 * transaction that holds the account's lock, in the scope of its organisation.
 */
export async function keepLines(work: Work, network: PointNetwork, lines: readonly Line[]): Promise<void> {
  const { organisationId, operatorId } = network;
  await insertLines(work.db, lines);
  await saveSequence(work.db, organisationId, lines.at(-1)?.sequence ?? 0);
  await recordEarnings(
    work,
    { partnerId: organisationId, clearsWith: operatorId },
    lines.map((line) => ({
      reference: { kind: 'commission_line', id: line.id },
      currency: line.currency,
      amountMinor: line.amountMinor,
      counterKind: counterKindOf(line.rule),
      kind: line.rule,
      subject: line.subject,
    })),
  );
  for (const line of lines) if (isEarning(line)) tell(work, line, [organisationId, operatorId]);
  await scheduleClose(work, network, [...new Set(lines.map((line) => line.occurredAt))]);
}

/** What was collected is the operator's income, or his debt to who sent the goods; all else is what points cost him. */
function counterKindOf(rule: LineRule): 'income' | 'cod_payable' | 'partner_cost' {
  if (rule === 'cod_collected' || rule === 'cash_not_recorded') return 'cod_payable';
  return isCollected(rule) ? 'income' : 'partner_cost';
}

function isEarning(line: Line): boolean {
  return line.kind === 'accrual' || line.kind === 'counter';
}

function tell(work: Work, line: Line, audience: readonly string[]): void {
  const { organisationId, pointId, rule, subject, rulesVersionId, reverses, occurredAt } = line;
  work.emit({
    type: CommissionAccrued.name,
    group: { organisationId },
    subjectId: line.id,
    subjectSequence: 1,
    audience,
    payload: {
      lineId: line.id,
      organisationId,
      pointId,
      rule,
      subject,
      amount: { amountMinor: line.amountMinor, currency: line.currency },
      rulesVersionId,
      sourceEventId: line.eventId,
      reverses,
      occurredAt,
    },
  });
}
