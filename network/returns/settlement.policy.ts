import { accepted, type Money, type Outcome, refused, scaleMinor } from '../kernel/index.ts';
import type { ReturnErrorCode } from './errors.ts';
import type { Fault, Grade, ItemScreening, NoOkReason, ReturnCase, ReturnItem } from './model.ts';

export type GradeInput = {
  readonly line: number;
  readonly grade: Grade;
  readonly quality: 1 | 2 | 3 | 4;
  readonly reason?: NoOkReason | undefined;
  readonly refundMinor?: number | undefined;
};

/**
 * What each item is worth after the seller looked at it. In order: all that was paid, less the restocking share where the
 * buyer just did not want it. Not in order: what the seller says, nothing where he says nothing.
 */
export function screenItems(
  items: readonly ReturnItem[],
  grades: readonly GradeInput[],
  about: { readonly restockingPercent: number; readonly faultOf: (reason: string) => Fault },
): Outcome<readonly ReturnItem[], ReturnErrorCode> {
  const byLine = new Map(grades.map((grade) => [grade.line, grade]));
  const isComplete =
    byLine.size === grades.length &&
    grades.length === items.length &&
    items.every(({ line }) => byLine.has(line));
  if (!isComplete) return refused('return_items_incomplete', '');
  const screened: ReturnItem[] = [];
  for (const item of items) {
    const grade = byLine.get(item.line) as GradeInput;
    if ((grade.grade === 'ok') !== (grade.reason === undefined))
      return refused('return_grade_unexplained', `Line ${item.line}.`);
    const percent = about.faultOf(item.reason) === 'buyer' ? about.restockingPercent : 0;
    const whole = scaleMinor(item.amount.amountMinor, 100 - percent, 100);
    const refundMinor = grade.refundMinor ?? (grade.grade === 'ok' ? whole : 0);
    if (refundMinor > item.amount.amountMinor)
      return refused('return_refund_too_high', `Line ${item.line} cost ${item.amount.amountMinor}.`);
    if (grade.grade === 'ok' && refundMinor < whole)
      return refused('return_grade_unexplained', `Line ${item.line} is OK and refunded in part.`);
    const screening: ItemScreening = {
      grade: grade.grade,
      quality: grade.quality,
      reason: grade.reason,
      refund: { amountMinor: refundMinor, currency: item.amount.currency },
    };
    screened.push({ ...item, screening });
  }
  return accepted(screened);
}

/** What a case gives back by what is known of it: as screened, else all that was paid for its items. */
export function refundOf(one: Pick<ReturnCase, 'items' | 'amount'>): Money {
  const amountMinor = one.items.reduce(
    (sum, item) => sum + (item.screening?.refund.amountMinor ?? item.amount.amountMinor),
    0,
  );
  return { amountMinor, currency: one.amount.currency };
}
