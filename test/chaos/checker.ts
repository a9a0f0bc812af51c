import type { LoadParcel, LoadScan } from './parcels.ts';

/** What the server answered to one scan, over all times that it was sent. */
type Acknowledged = { readonly id: string; accepted: number; duplicates: number };

/** The client's own memory of what was acknowledged: it stands outside everything that is killed. */
export type ChaosJournal = Map<LoadScan, Acknowledged>;

export type ReadTimeline = {
  readonly status: string;
  readonly milestones: readonly { readonly name: string; readonly occurred_at: string }[];
  readonly entries: readonly { readonly scan_id: string; readonly milestone: string }[];
  readonly unverified: readonly { readonly scan_id: string }[];
};

export function note(
  journal: ChaosJournal,
  scan: LoadScan,
  receipt: { readonly result: string; readonly scan_id?: string },
): string | undefined {
  if (receipt.scan_id === undefined || receipt.result === 'refused')
    return `a genuine scan of ${scan.number} was refused: ${JSON.stringify(receipt)}`;
  const known = journal.get(scan) ?? { id: receipt.scan_id, accepted: 0, duplicates: 0 };
  journal.set(scan, known);
  if (receipt.result === 'accepted') known.accepted += 1;
  else known.duplicates += 1;
  return known.id === receipt.scan_id ? undefined : `one scan of ${scan.number} has two ids`;
}

/**
 * Set and uniqueness: what was acknowledged is there, once; what is there was sent. The milestones are each the first
 * instant at which the carrier said so, worked out here from what was sent.
 */
export function judgeParcel(
  parcel: LoadParcel,
  journal: ChaosJournal,
  timelines: readonly ReadTimeline[],
): string[] {
  const [timeline, ...others] = timelines;
  if (timeline === undefined) return [`lost: ${parcel.number} leads to no parcel`];
  const faults =
    others.length === 0 ? [] : [`doubled: ${parcel.number} leads to ${timelines.length} parcels`];
  const stored = new Map<string, number>();
  for (const { scan_id } of [...timeline.entries.filter(isTold), ...timeline.unverified])
    stored.set(scan_id, (stored.get(scan_id) ?? 0) + 1);
  for (const scan of parcel.scans) {
    const acknowledged = journal.get(scan);
    if (acknowledged === undefined) {
      faults.push(`a scan of ${parcel.number} was never acknowledged`);
      continue;
    }
    const times = stored.get(acknowledged.id) ?? 0;
    stored.delete(acknowledged.id);
    if (times === 0) faults.push(`lost: scan ${acknowledged.id} of ${parcel.number} was acknowledged`);
    if (times > 1) faults.push(`doubled: scan ${acknowledged.id} stands ${times} times`);
    if (acknowledged.accepted > 1)
      faults.push(`doubled: scan ${acknowledged.id} was accepted as new ${acknowledged.accepted} times`);
  }
  for (const id of stored.keys()) faults.push(`scan ${id} of ${parcel.number} was never sent`);
  return [...faults, ...milestoneFaults(parcel, timeline)];
}

/** The network itself says that the number was issued; everything else comes from the carrier. */
const isTold = (entry: ReadTimeline['entries'][number]) => entry.milestone !== ISSUED;
const ISSUED = 'order_created';

function milestoneFaults(parcel: LoadParcel, timeline: ReadTimeline): string[] {
  const first = new Map<string, number>();
  for (const scan of parcel.scans) {
    const name = scan.milestone.split('.')[0] ?? '';
    first.set(name, Math.min(first.get(name) ?? Number.POSITIVE_INFINITY, scan.occurredAtMs));
  }
  const issued = timeline.entries.filter((entry) => !isTold(entry)).length;
  const told = new Map(timeline.milestones.map((one) => [one.name, Date.parse(one.occurred_at)]));
  const faults = timeline.status === 'delivered' ? [] : [`${parcel.number} is ${timeline.status}`];
  if (issued !== 1) faults.push(`the issue of ${parcel.number} is told ${issued} times`);
  for (const [name, at] of first)
    if (told.get(name) !== at)
      faults.push(`${name} of ${parcel.number} was at ${at}, the timeline says ${told.get(name)}`);
  for (const name of told.keys())
    if (!first.has(name) && name !== ISSUED)
      faults.push(`${parcel.number} has a milestone ${name} that nobody reported`);
  return faults;
}

/** The queue: each parcel's waybill was made active once and closed once, told in one event each. */
export function judgeEvents(
  parcels: readonly LoadParcel[],
  events: readonly { readonly type: string; readonly subject_id: string }[],
  types: readonly string[],
): string[] {
  const times = new Map<string, number>();
  for (const { type, subject_id } of events) {
    const key = `${type} ${subject_id}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return parcels.flatMap(({ waybillId }) =>
    types.flatMap((type) => {
      const found = times.get(`${type} ${waybillId}`) ?? 0;
      return found === 1
        ? []
        : [`${found === 0 ? 'lost' : 'doubled'}: ${type} of ${waybillId} was told ${found} times`];
    }),
  );
}
