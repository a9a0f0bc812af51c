import { wireCodec } from '../../platform/http/index.ts';
import type { Instant } from '../kernel/index.ts';
import { type PointCapacity, publicPointSchema } from '../points/index.ts';
import { idAt, textAt } from './columns.ts';
import { isPresent } from './criteria.ts';
import { factsFor } from './facts.ts';
import type { PointFilter } from './model.ts';
import { type PointRecord, placeInRecord, valuesOf } from './record.ts';
import { isOpenInMinute, minuteOf, type Schedule } from './schedule.ts';
import type { Asked } from './sieve.ts';

/*
 * The public face of points as the text of an answer, put together from the texts of their records: a tenth of the work
 * of reading the record, building the face and writing it again. It is what `publicFaceOf` gives by the contract; a test
 * compares the two.
 */

const FIELDS = [
  ['organisationId', 'organisation_id'],
  ['name', 'name'],
  ['kind', 'kind'],
  ['services', 'services'],
  ['goodsClasses', 'goods_classes'],
  ['country', 'country'],
  ['city', 'city'],
  ['postcode', 'postcode'],
  ['addressLines', 'address_lines'],
  ['position', 'position'],
  ['quality', 'quality'],
  ['state', 'state'],
  ['pausedFrom', 'paused_from'],
  ['pausedUntil', 'paused_until'],
  ['exitsAt', 'exits_at'],
] as const satisfies readonly (readonly [keyof PointRecord, string])[];
const SHOWN = FIELDS.map(([field, wire]) => ({ at: placeInRecord(field), prefix: `,"${wire}":` }));
const CAPACITY = placeInRecord('capacity');

/** The face without its last brace: what else an answer says of a point follows. */
function openFaces({ slots }: Asked, now: Instant): (slot: number) => string {
  const minute = minuteOf(now);
  return (slot) => {
    const { columns } = slots;
    const schedule = slots.schedules.at(columns.schedules[slot] as number);
    if (schedule === undefined) throw new Error('a living point has a schedule');
    const values = valuesOf(textAt(columns, slot));
    let text = `{"id":"${idAt(columns, slot)}"`;
    for (const { at, prefix } of SHOWN) {
      const value = values[at];
      if (value !== 'null') text += prefix + value;
    }
    text += faceOfSchedule(schedule);
    const { maxWeightGrams, maxSideMm } = JSON.parse(values[CAPACITY] ?? '{}') as PointCapacity;
    if (maxWeightGrams !== undefined) text += `,"max_weight_grams":${maxWeightGrams}`;
    if (maxSideMm !== undefined) text += `,"max_side_mm":${maxSideMm}`;
    return `${text},"is_open":${isOpenInMinute(schedule, minute)},"takes_demand":${isPresent(slots, slot, now)}`;
  };
}

const scheduleCodec = wireCodec(publicPointSchema.pick({ zone: true, hours: true, exceptions: true }));

function faceOfSchedule(schedule: Schedule): string {
  schedule.face ??= `,${JSON.stringify(scheduleCodec.encode(schedule.timetable)).slice(1, -1)}`;
  return schedule.face;
}

/** Faces of slots that live, in one turn of the event loop. */
export function facesAt(ask: Asked, now: Instant): (slot: number) => string {
  const faceOf = openFaces(ask, now);
  return (slot) => `${faceOf(slot)}}`;
}

/** With how far away a point is, when it opens and whether it has room for what is asked. */
export function foundFacesFor(
  ask: Asked,
  filter: PointFilter,
  now: Instant,
): (slot: number, distanceMeters: number | undefined) => string {
  const faceOf = openFaces(ask, now);
  const factsOf = factsFor(ask, filter, now);
  return (slot, distanceMeters) => {
    const { opensAt, hasCapacityLeft } = factsOf(slot);
    const distance = distanceMeters === undefined ? '' : `,"distance_meters":${Math.round(distanceMeters)}`;
    const opens = opensAt === undefined ? '' : `,"opens_at":"${opensAt}"`;
    return `${faceOf(slot)}${distance}${opens},"has_capacity_left":${hasCapacityLeft}}`;
  };
}
