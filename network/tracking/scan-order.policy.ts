import { orderOf } from './milestones.policy.ts';
import type { JudgedScan, ScanId } from './model.ts';

/** So few are compared with each other: a map of ids interns each, which takes as long as twenty comparisons. */
const FEW = 20;

/** Each observation once. */
export function distinctScans<T extends JudgedScan>(scans: Iterable<T>): T[] {
  const told = [...scans];
  if (told.length <= FEW && !told.some((scan, index) => hasBefore(told, index, scan.id))) return told;
  const distinct = new Map<ScanId, T>();
  for (const scan of told) {
    const known = distinct.get(scan.id);
    if (known === undefined || isBetterCopy(scan, known)) distinct.set(scan.id, scan);
  }
  return [...distinct.values()];
}

function hasBefore(scans: readonly JudgedScan[], end: number, id: ScanId): boolean {
  for (let index = 0; index < end; index += 1) if (scans[index]?.id === id) return true;
  return false;
}

/** Copies of one observation may differ beside the identity. A recognised one wins, then the first received. */
function isBetterCopy(copy: JudgedScan, known: JudgedScan): boolean {
  if (copy.recognised !== known.recognised) return copy.recognised;
  const [one, other] = [copy.receivedAt ?? copy.occurredAt, known.receivedAt ?? known.occurredAt];
  if (one !== other) return one < other;
  return JSON.stringify(copy) < JSON.stringify(known);
}

type Ordered = Pick<JudgedScan, 'id' | 'milestone' | 'occurredAt'>;

/** Order of a parcel's scans: by instant, then rank of the milestone, then id. Total. */
export function byTime(first: Ordered, second: Ordered): number {
  if (first.occurredAt !== second.occurredAt) return first.occurredAt < second.occurredAt ? -1 : 1;
  return orderOf(first.milestone) - orderOf(second.milestone) || (first.id < second.id ? -1 : 1);
}
