import { minorOf } from '../ground/minor.ts';
import type { Item, NO_OK_REASONS } from './parts.tsx';

type Reason = (typeof NO_OK_REASONS)[number];
export type GradeDraft = {
  readonly grade: 'ok' | 'no_ok';
  readonly quality: '1' | '2' | '3' | '4';
  readonly reason: Reason;
  /** As typed, in whole units of the currency; empty: nothing. */
  readonly refund: string;
};
/** By line of the order. */
export type Grades = Readonly<Record<number, GradeDraft>>;

const QUALITIES = { 1: 1, 2: 2, 3: 3, 4: 4 } as const;

/** Everything is in order until somebody says otherwise. */
export const newGrades = (items: readonly Pick<Item, 'line'>[]): Grades =>
  Object.fromEntries(
    items.map(({ line }) => [line, { grade: 'ok', quality: '1', reason: 'customer_fault', refund: '' }]),
  );

/** As the API takes them: only what is not in order has a reason and a part that goes back all the same. */
export function gradesOf(grades: Grades, currency: string) {
  return Object.entries(grades).map(([line, { grade, quality, reason, refund }]) => ({
    line: Number(line),
    grade,
    quality: QUALITIES[quality],
    ...(grade === 'no_ok'
      ? { reason, refund_minor: refund.trim() === '' ? 0 : minorOf(refund, currency) }
      : {}),
  }));
}
