import type { CountryCode, Instant, Money, PointId } from '../kernel/index.ts';
import {
  type Commission,
  collectedFor,
  commissionFor,
  storageShareOf,
  tariffFor,
} from './commission.policy.ts';
import type { Line, LineInputs, LineRule, Subject } from './model.ts';
import type { PaidWork, PointCommissionDocument } from './rulebook.ts';

/** What happened at a point, as the event told it. */
type Happened = {
  readonly eventId: string;
  readonly eventType: string;
  readonly pointId: PointId;
  readonly subject: Subject;
  readonly occurredAt: Instant;
};
export type PointFact =
  | (Happened & {
      readonly kind: 'work';
      readonly work: PaidWork;
      readonly freight?: Money | undefined;
      /** What of the freight the counter took itself. */
      readonly collected?: Money | undefined;
    })
  | (Happened & { readonly kind: 'storage_fee'; readonly fee: Money })
  | (Happened & { readonly kind: 'cash_on_delivery'; readonly cash: Money })
  /** Earlier work on the subject is not so. */
  | (Happened & { readonly kind: 'undone'; readonly rules: readonly LineRule[] });

/** A line before it has its place. */
export type DraftLine = Pick<Line, 'kind' | 'rule' | 'currency' | 'amountMinor' | 'outletMinor' | 'inputs'>;

/** Lines of work and fees under the rules of their moment. `count` answers the place in the month and takes it. */
export function linesOf(
  fact: Extract<PointFact, { kind: 'work' | 'storage_fee' | 'cash_on_delivery' }>,
  document: PointCommissionDocument,
  country: CountryCode,
  count: (work: PaidWork) => { readonly month: string; readonly monthCount: number },
): readonly DraftLine[] {
  const tariff = tariffFor(document, country);
  if (fact.kind === 'storage_fee') {
    const inputs = { baseMinor: fact.fee.amountMinor };
    return [
      draft('storage_collected', collectedFor(fact.fee), inputs),
      draft('storage_share', storageShareOf(tariff, fact.fee), inputs),
    ];
  }
  if (fact.kind === 'cash_on_delivery')
    return [draft('cod_collected', collectedFor(fact.cash), { baseMinor: fact.cash.amountMinor })];
  const { freight } = fact;
  const place = count(fact.work);
  const { commission, isShare } = commissionFor(tariff, fact.work, place.monthCount, freight);
  const base = isShare && freight !== undefined ? { baseMinor: freight.amountMinor } : {};
  const earned = draft(fact.work, commission, { ...place, ...base });
  const { collected } = fact;
  if (collected === undefined || collected.amountMinor === 0) return [earned];
  return [earned, draft('freight_collected', collectedFor(collected), { baseMinor: collected.amountMinor })];
}

function draft(rule: LineRule, commission: Commission, inputs: LineInputs): DraftLine {
  return { kind: 'accrual', rule, ...commission, inputs };
}

/** Lines that an undone deed takes back: those of its rules that were not taken back before. */
export function linesToReverse(lines: readonly Line[], rules: readonly LineRule[]): readonly Line[] {
  const reversed = new Set(lines.map((line) => line.reverses));
  return lines.filter(
    (line) => line.kind === 'accrual' && rules.includes(line.rule) && !reversed.has(line.id),
  );
}

/** The same amounts with the other sign; the line itself stays. */
export function counterLine(line: Line): DraftLine {
  return {
    kind: 'counter',
    rule: line.rule,
    currency: line.currency,
    amountMinor: 0 - line.amountMinor,
    outletMinor: 0 - line.outletMinor,
    inputs: line.inputs,
  };
}
