import type { FieldRecord } from '../field/record.ts';
import type { PointTask, ShelfParcel, TakenReturn } from './tasks.ts';

/** A parcel of the shelf, with what this device knows and the server does not yet. */
export type Lying = ShelfParcel & { readonly isAhead?: boolean };

/** What waits on this device about a parcel stands under its id; a taking in, which may come before one, under its number. */
export const aboutNumber = (number: string): string => `number/${number}`;

/** Is there a later record that takes this one back? What is undone keeps its place in the list. */
export function isUndone(records: readonly FieldRecord[], one: FieldRecord): boolean {
  const after = records.filter(({ about, seq }) => about === one.about && seq > one.seq);
  const next = after.find(({ task }) => ['store', 'hand_out', 'undo'].includes((task as PointTask).kind));
  return next !== undefined && next.state !== 'refused' && (next.task as PointTask).kind === 'undo';
}

/** The shelf as it is when all that was recorded here counts. Pure; records in their order. */
export function shelfWith(
  shelf: readonly ShelfParcel[],
  ahead: readonly FieldRecord<PointTask>[],
): readonly Lying[] {
  const counting = ahead.filter((one) => !isUndone(ahead, one));
  return counting.reduce<readonly Lying[]>((now, { about, task }) => {
    const is = (one: Lying) => one.id === about || aboutNumber(one.number) === about;
    const change = (more: Partial<Lying>) =>
      now.map((one) => (is(one) ? { ...one, ...more, isAhead: true } : one));
    switch (task.kind) {
      case 'store':
        // One that nobody announced has no parcel yet; it stands among the records until the server knows it.
        return change({
          state: 'stored',
          ...(task.action?.place === undefined ? {} : { place: task.action.place }),
        });
      case 'hand_out':
      case 'send_back':
        return now.filter((one) => !is(one));
      case 'move':
        return change(task.place === undefined ? {} : { place: task.place });
      case 'report':
        return change({ state: 'exception' });
      case 'set_aside':
        return change({ state: 'returning' });
      case 'resolve':
        return task.resolution === 'void'
          ? now.filter((one) => !is(one))
          : change({ state: task.resolution === 'return' ? 'returning' : 'stored' });
      default:
        return now;
    }
  }, shelf);
}

export function isOverdue(one: ShelfParcel, now: number): boolean {
  return one.state === 'stored' && one.free_until !== undefined && Date.parse(one.free_until) <= now;
}

/** Is a return here longer than its day until the courier takes it along? */
export function isLate(one: Pick<TakenReturn, 'is_handover_late' | 'handover_due_at'>, now: number): boolean {
  return (
    one.is_handover_late || (one.handover_due_at !== undefined && Date.parse(one.handover_due_at) <= now)
  );
}

/** Rows of a shelf in the order in which one walks along it: 2-1 before 10-1, A-1 after them. */
export function rowsOf<Parcel extends Pick<ShelfParcel, 'place'>>(
  parcels: readonly Parcel[],
): readonly { readonly place: string; readonly parcels: readonly Parcel[] }[] {
  const rows = Map.groupBy(parcels, ({ place }) => place ?? '');
  return [...rows]
    .map(([place, lying]) => ({ place, parcels: lying }))
    .sort((a, b) => a.place.localeCompare(b.place, 'en', { numeric: true }));
}

/** Parcels of which somebody says something: a part of the number, of the name, or the end of a phone. */
export function saidOf<Parcel extends Pick<ShelfParcel, 'number' | 'recipient_name' | 'recipient_phone'>>(
  parcels: readonly Parcel[],
  said: string,
): readonly Parcel[] {
  const text = said.trim().toLowerCase();
  if (text.length < 2) return [];
  return parcels.filter(({ number, recipient_name = '', recipient_phone = '' }) =>
    [number, recipient_name, recipient_phone.replace(/\s/g, '')].some((one) =>
      one.toLowerCase().includes(text),
    ),
  );
}
