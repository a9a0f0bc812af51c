import type { components } from './openapi.gen.ts';

type Schemas = components['schemas'];
export type PointStatement = Schemas['PointStatement'];
export type PointStatementLine = Schemas['PointStatementLine'];
export type PointStatementRules = Schemas['PointStatementRules'];
type Rules = PointStatementRules['data'][number]['document'];
type Tariff = Rules['otherwise'];

/** The part of an event of `GET /v1/events` that a line comes from. */
export type PointEvent = Pick<Schemas['Event'], 'id' | 'type' | 'data'> &
  Partial<Pick<Schemas['Event'], 'timestamp'>>;

/** A statement with all that it can be worked out from; `events`: those of the network, where they are at hand. */
export type PointStatementBundle = {
  readonly statement: PointStatement;
  readonly lines: readonly PointStatementLine[];
  readonly rules: PointStatementRules['data'];
  readonly events?: readonly PointEvent[] | undefined;
  /** Lines of later statements: of what happened in this week and came late. */
  readonly later?: readonly PointStatementLine[] | undefined;
};

/** Something that does not add up. `line`: its id; undefined: of the statement as a whole. Amounts in minor units. */
export type StatementFinding = {
  readonly line: string | undefined;
  readonly about: string;
  readonly expected: string | number;
  readonly found: string | number;
};

/** What their line's `base_minor` says, whatever the tariff. */
const COLLECTED = ['storage_collected', 'freight_collected', 'cod_collected', 'cash_not_recorded'];
/** Types of events that must have a line, and the rule by which they have it. */
const PAID_EVENTS: Readonly<Record<string, string>> = {
  'shelf_parcel.stored': 'parcel_stored',
  'shelf_parcel.handed_out': 'parcel_handed_out',
  'shelf_parcel.returned': 'parcel_sent_home',
  'shelf_parcel.cash_recorded': 'cod_collected',
  'mailing.accepted': 'mailing_accepted',
};
/** A mailing is its sender's or the operator's: of its events a network hears what happened at its own points. */
const OF_OTHERS = 'mailing.accepted';
/** What of an event a line's `base_minor` must be. */
const BASES: Readonly<Record<string, string>> = {
  mailing_accepted: 'freight',
  freight_collected: 'collected',
  cod_collected: 'cash_collected',
};

/** An event of the week whose line is in a later statement, or will be: it became known when the week was closed. */
export type LateEvent = { readonly event: string; readonly rule: string; readonly line: string | undefined };

/**
 * Works a statement out again from its lines and the published rules, by the words of network/commissions/README.md and
 * nothing of the server. Empty when all of it adds up. What `lateEvents` tells is none of it.
 */
export function verifyPointStatement(bundle: PointStatementBundle): StatementFinding[] {
  const rules = new Map(bundle.rules.map(({ version_id, document }) => [version_id, document]));
  return [
    ...bundle.lines.flatMap((line) => lineFindings(line, bundle, rules)),
    ...orderFindings(bundle.lines),
    ...sumFindings(bundle),
    ...(bundle.events === undefined ? [] : eventFindings(bundle, bundle.events)),
  ];
}

type Amounts = { readonly amount: number; readonly outlet: number; readonly currency: string };

function lineFindings(
  line: PointStatementLine,
  { statement, lines }: PointStatementBundle,
  rules: ReadonlyMap<string, Rules>,
): StatementFinding[] {
  const report = reporter(line.id);
  const document = rules.get(line.rules_version_id);
  if (document === undefined) return [report('rules', 'the version it names', line.rules_version_id)];
  const tariff = document.tariffs[line.country] ?? document.otherwise;
  const sign = line.kind === 'counter' || line.kind === 'deduction_returned' ? -1 : 1;
  const found: StatementFinding[] = [];
  const due = dueOf(line, tariff);
  if (due === undefined) return [report('tier', 'one that it reaches', line.inputs.month_count ?? 'none')];
  if (line.amount.amount_minor !== sign * due.amount)
    found.push(report('amount', sign * due.amount, line.amount.amount_minor));
  if (line.outlet_amount.amount_minor !== sign * due.outlet)
    found.push(report('outlet_amount', sign * due.outlet, line.outlet_amount.amount_minor));
  if (line.amount.currency !== statement.closing.currency)
    found.push(report('currency', statement.closing.currency, line.amount.currency));
  if (due.currency !== undefined && due.currency !== line.amount.currency)
    found.push(report('currency', due.currency, line.amount.currency));
  if (Date.parse(line.occurred_at) >= Date.parse(statement.ends_at))
    found.push(report('occurred_at', `before ${statement.ends_at}`, line.occurred_at));
  return [...found, ...reversalFindings(line, lines)];
}

function reporter(line: string | undefined) {
  return (about: string, expected: string | number, found: string | number): StatementFinding => ({
    line,
    about,
    expected,
    found,
  });
}

/** What a line says before its sign; undefined without a tier. `currency` only where the tariff decides it. */
function dueOf(
  line: PointStatementLine,
  tariff: Tariff,
): (Omit<Amounts, 'currency'> & { currency?: string }) | undefined {
  const base = line.inputs.base_minor ?? 0;
  if (COLLECTED.includes(line.rule)) return { amount: -base, outlet: -base };
  if (line.rule === 'storage_share')
    return withPart(rounded(base, tariff.storage_share_basis_points), tariff);
  const deduction = (tariff.deductions as Readonly<Record<string, number>>)[line.rule];
  if (deduction !== undefined) return { amount: -deduction, outlet: -deduction, currency: tariff.currency };
  const tiers = (tariff.work as Readonly<Record<string, Tariff['work']['parcel_stored']>>)[line.rule] ?? [];
  const tier = tiers
    .filter(({ from }) => from <= (line.inputs.month_count ?? 0))
    .sort((one, other) => other.from - one.from)[0];
  if (tier === undefined) return undefined;
  if (tier.amount_minor !== undefined)
    return { ...withPart(tier.amount_minor, tariff), currency: tariff.currency };
  return withPart(rounded(base, tier.share_basis_points ?? 0), tariff);
}

function withPart(amount: number, tariff: Tariff) {
  return { amount, outlet: rounded(amount, tariff.outlet_share_basis_points) };
}

/** Basis points of an amount, half away from zero, exact. */
function rounded(amount: number, basisPoints: number): number {
  const product = BigInt(Math.abs(amount)) * BigInt(basisPoints);
  const whole = Number((product + 5_000n) / 10_000n);
  return amount < 0 ? -whole : whole;
}

/** A counter line says the same of the same as the line that it takes back, where that is in this statement. */
function reversalFindings(
  line: PointStatementLine,
  lines: readonly PointStatementLine[],
): StatementFinding[] {
  const report = reporter(line.id);
  const isBack = line.kind === 'counter' || line.kind === 'deduction_returned';
  if (isBack !== (line.reverses !== undefined))
    return [report('reverses', isBack ? 'a line' : 'none', line.reverses ?? 'none')];
  const other = lines.find(({ id }) => id === line.reverses);
  if (other === undefined) return [];
  const found: StatementFinding[] = [];
  if (other.rule !== line.rule) found.push(report('rule', other.rule, line.rule));
  if (other.subject.id !== line.subject.id) found.push(report('subject', other.subject.id, line.subject.id));
  if (other.amount.amount_minor !== 0 - line.amount.amount_minor)
    found.push(report('amount', 0 - other.amount.amount_minor, line.amount.amount_minor));
  return found;
}

/** Places come once and climb; a count of one month cannot change faster than they do. */
function orderFindings(lines: readonly PointStatementLine[]): StatementFinding[] {
  const found: StatementFinding[] = [];
  const counted = new Map<string, PointStatementLine>();
  const reversed = new Set<string>();
  let before = 0;
  for (const line of lines) {
    const report = reporter(line.id);
    if (line.sequence <= before) found.push(report('sequence', `above ${before}`, line.sequence));
    before = line.sequence;
    if (line.reverses !== undefined) {
      if (reversed.has(line.reverses)) found.push(report('reverses', 'once', line.reverses));
      reversed.add(line.reverses);
    }
    if (line.kind !== 'accrual' || line.inputs.month_count === undefined) continue;
    const key = `${line.rule} ${line.inputs.month ?? ''}`;
    const last = counted.get(key);
    const step = line.inputs.month_count - (last?.inputs.month_count ?? line.inputs.month_count);
    const places = line.sequence - (last?.sequence ?? line.sequence);
    if (Math.abs(step) > places) found.push(report('month_count', `within ${places} of the last`, step));
    counted.set(key, line);
  }
  return found;
}

function sumFindings({ statement, lines }: PointStatementBundle): StatementFinding[] {
  const report = reporter(undefined);
  const isOwed = (line: PointStatementLine) =>
    COLLECTED.includes(line.rule) || line.kind === 'deduction' || line.kind === 'deduction_returned';
  const sum = (some: readonly PointStatementLine[]) =>
    some.reduce((total, line) => total + line.amount.amount_minor, 0);
  const earned = sum(lines.filter((line) => !isOwed(line)));
  const owed = sum(lines.filter(isOwed));
  const closing = statement.opening.amount_minor + earned + owed;
  const late = lines.filter((line) => Date.parse(line.occurred_at) < Date.parse(statement.starts_at)).length;
  const checks = [
    ['lines', lines.length, statement.lines],
    ['late_lines', late, statement.late_lines],
    ['earned', earned, statement.earned.amount_minor],
    ['owed', owed, statement.owed.amount_minor],
    ['closing', closing, statement.closing.amount_minor],
    ['payout', Math.max(closing, 0), statement.payout.amount_minor],
  ] as const;
  const sums = checks
    .filter(([, expected, found]) => expected !== found)
    .map(([name, expected, found]) => report(name, expected, found));
  return statement.opening.amount_minor > 0
    ? [...sums, report('opening', 'at most 0', statement.opening.amount_minor)]
    : sums;
}

/**
 * Lines against the network's own events: each line of an event says what that says, and no event of the week that is
 * paid for is without its line.
 */
function eventFindings(
  { statement, lines, later = [] }: PointStatementBundle,
  events: readonly PointEvent[],
): StatementFinding[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const found: StatementFinding[] = [];
  for (const line of lines) {
    const data = byId.get(line.event_id)?.data;
    if (data === undefined) continue;
    const report = reporter(line.id);
    const point = String(data.point_id ?? '');
    if (point !== line.point_id) found.push(report('point_id', point, line.point_id));
    const occurredAt = String(data.occurred_at ?? '');
    if (Date.parse(occurredAt) !== Date.parse(line.occurred_at))
      found.push(report('occurred_at', occurredAt, line.occurred_at));
    found.push(...baseFindings(line, data, report));
  }
  const missing = unlined(statement, lines, events, later).filter(({ late }) => !late);
  return [
    ...found,
    ...missing.map(({ event, rule }) => reporter(undefined)('event', `a line ${rule}`, event)),
  ];
}

/** Events of the week that are paid for and have no line in its statement. `late`: a later one has it, or will. */
function unlined(
  statement: PointStatement,
  lines: readonly PointStatementLine[],
  events: readonly PointEvent[],
  later: readonly PointStatementLine[],
): (LateEvent & { readonly late: boolean })[] {
  const nameOf = (event: string, rule: string) => `${event} ${rule}`;
  const lined = new Set(lines.map((line) => nameOf(line.event_id, line.rule)));
  const after = new Map(later.map((line) => [nameOf(line.event_id, line.rule), line.id]));
  const [from, to] = [Date.parse(statement.starts_at), Date.parse(statement.ends_at)];
  return events.flatMap(({ id, type, data, timestamp }) => {
    const rule = PAID_EVENTS[type];
    const at = Date.parse(String(data.occurred_at ?? ''));
    const isOwn =
      type === OF_OTHERS ? data.point_id !== undefined : data.organisation_id === statement.organisation_id;
    if (rule === undefined || !isOwn || !(at >= from && at < to)) return [];
    const isToldAfter = timestamp !== undefined && Date.parse(timestamp) >= Date.parse(statement.closed_at);
    const rules = new Set(data.cash_collected === undefined ? [rule] : [rule, 'cod_collected']);
    return [...rules]
      .filter((one) => !lined.has(nameOf(id, one)))
      .map((one) => {
        const line = after.get(nameOf(id, one));
        return { event: id, rule: one, line, late: line !== undefined || isToldAfter };
      });
  });
}

/**
 * Events of the week that are paid for by a later statement. Known by its line in `later`; without one, by a moment of the
 * event after the closing.
 */
export function lateEvents(bundle: PointStatementBundle): LateEvent[] {
  const { statement, lines, events = [], later = [] } = bundle;
  return unlined(statement, lines, events, later).flatMap(({ event, rule, late, line }) =>
    late ? [{ event, rule, line }] : [],
  );
}

/** A share, and what was collected, are of the amounts that the event of a mailing or a hand-out told. */
function baseFindings(
  line: PointStatementLine,
  data: PointEvent['data'],
  report: ReturnType<typeof reporter>,
): StatementFinding[] {
  const told = BASES[line.rule] === undefined ? undefined : data[BASES[line.rule] as string];
  const { base_minor: base } = line.inputs;
  if (
    !['MailingAccepted', 'PickedUpFromPoint', 'CashRecorded'].includes(line.event_type) ||
    told === undefined ||
    base === undefined
  )
    return [];
  const expected = Number((told as { amount_minor?: unknown }).amount_minor);
  return expected === base ? [] : [report('base_minor', expected, base)];
}
