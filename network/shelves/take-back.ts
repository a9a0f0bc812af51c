import type { Work } from '../../platform/world/index.ts';
import { type Outcome, refused } from '../kernel/index.ts';
import { decide } from './decide.ts';
import { type AtCounter, type Clerk, circumstances, open, readPlaceOf } from './handle.ts';
import type { ShelfErrorCode, ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { type Circumstances, type Scene, settle } from './settle.ts';
import { isDoorTaken, lockByNumber } from './store.ts';

/** Takes back what was recorded last, storing or handing out; both stay on record. `to`: where it lies, if not where it lay. */
export async function undo(
  work: Work,
  ports: ShelfPorts,
  clerk: Pick<Clerk, 'id'>,
  owner: string,
  id: string,
  to: string | undefined,
  at: AtCounter = {},
): Promise<Outcome<ShelfParcel, string>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  return takeBack(opened.value.scene, opened.value.parcel, to, circumstances(clerk, at, work.now));
}

/** The same of a parcel that is locked, at its own time. `shelf_place_taken` has changed nothing. */
export async function takeBack(
  scene: Scene,
  parcel: ShelfParcel,
  to: string | undefined,
  about: Circumstances,
): Promise<Outcome<ShelfParcel, ShelfErrorCode>> {
  const decision = decide(parcel, { kind: 'undo', undoHours: scene.rules.undoHours }, about.occurredAt);
  if (!decision.ok) return decision;
  if (parcel.state !== 'handed_out')
    return to === undefined
      ? settle(scene, parcel, decision.value, about)
      : refused('shelf_place_invalid', 'What was never stored lies nowhere.');
  const { db } = scene.work;
  // Its number may be on its way to a point again by now, and its door may hold something else.
  if ((await lockByNumber(db, parcel.organisationId, parcel.number)) !== undefined)
    return refused('shelf_already_announced', parcel.number);
  const place = readPlaceOf(scene.point, to ?? parcel.place ?? '');
  if (place === undefined) return refused('shelf_place_invalid', to ?? parcel.place ?? '');
  if (await isDoorTaken(db, scene.point, place)) return refused('shelf_place_taken', place);
  const moved = place === parcel.place ? {} : { from: parcel.place, to: place };
  return settle(scene, { ...parcel, place }, decision.value, {
    ...about,
    detail: { ...about.detail, ...moved },
  });
}
