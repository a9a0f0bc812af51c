import { HOUR, instantOf } from '../calendar.ts';
import { refusalOf } from '../caller.ts';
import { randomOf } from '../random.ts';
import { BRINGER } from './opening.ts';
import { localHour, type PlannedParcel } from './plan.ts';
import { happened, type TruthWaiting } from './truth.ts';
import { countOf, marketOf, type PointWorld, parcelOf, pointOf, schedule } from './world.ts';

/** A place is held so long behind the hour that was wished. */
const HELD_HOURS = 9;
const BATCH = 500;

/** A marketplace looks for a point that has room when the parcel will be there, near the recipient. */
export async function reservePlace(world: PointWorld, index: number): Promise<void> {
  const parcel = parcelOf(world, index);
  if (parcel.way === 'no_consent') return leaveWithoutConsent(world, parcel);
  if (parcel.way === 'walk_in') return walkIn(world, parcel);
  const { marketplace } = marketOf(world, parcel.country);
  const random = randomOf(world.plan.seed, `points/arrival/${index}`);
  const wished = nextLocal(world.now + 12 * HOUR, parcel.country, random.whole(9, 18));
  const untilMs = wished + HELD_HOURS * HOUR - world.now;
  let refusal: string | undefined;
  const asked = marketplace.post('/v1/point-reservations', {
    body: {
      ...{ service: 'collect', country: parcel.country, position: parcel.home },
      subject: { kind: 'parcel', id: parcel.number },
      ...{ not_before: instantOf(wished - 2 * HOUR), not_after: instantOf(wished + 7 * HOUR) },
      ...{ at: instantOf(wished), ttl_minutes: Math.ceil(untilMs / 60_000) },
    },
  });
  refusal = await refusalOf(asked);
  if (refusal !== undefined) {
    if (refusal !== 'no_point_fits') throw new Error(`a place was refused: ${refusal}`);
    world.truth.unserved += 1;
    return;
  }
  const held = await asked;
  const point = world.points.find(({ id }) => id === held.point_id);
  if (point === undefined) throw new Error(`a place at an unknown point ${held.point_id}`);
  const truth = waiting(parcel, point.plan.index);
  truth.reservationId = held.id;
  announceLater(world, parcel, truth);
  const startsAt = Date.parse(held.starts_at);
  const comes =
    parcel.way === 'late' ? nextLocal(Date.parse(held.expires_at) + HOUR, parcel.country, 10) : startsAt;
  if (parcel.way === 'cancelled')
    schedule(world, { kind: 'waiting', step: 'cancel', index, at: world.now + 4 * HOUR });
  else schedule(world, { kind: 'waiting', step: 'store', index, at: comes });
}

const waiting = ({ index, way, number }: PlannedParcel, point: number): TruthWaiting => ({
  ...{ index, way, number, point, feeMinor: 0, codes: [], facts: {} },
});

/** Without a place, to the point that everybody knows, after work. */
function walkIn(world: PointWorld, parcel: PlannedParcel): void {
  const known = world.points.find(
    ({ plan }) => plan.city.name === parcel.city.name && plan.kind !== 'locker' && plan.outage === undefined,
  );
  if (known === undefined) {
    world.truth.unserved += 1;
    return;
  }
  announceLater(world, parcel, waiting(parcel, known.plan.index));
  const at = nextLocal(world.now + 12 * HOUR, parcel.country, 18);
  schedule(world, { kind: 'waiting', step: 'store', index: parcel.index, at });
}

/** Nobody asked the recipient: neither his marketplace nor a courier may leave it at a point. */
async function leaveWithoutConsent(world: PointWorld, parcel: PlannedParcel): Promise<void> {
  const { withoutConsent } = world.truth;
  const near = world.points.find(
    ({ plan }) => plan.city.country === parcel.country && plan.kind !== 'locker',
  );
  if (near === undefined) return;
  const bare = { point_id: near.id, number: parcel.number, recipient: { name: parcel.recipient.name } };
  const attempts = [
    () =>
      marketOf(world, parcel.country).marketplace.post('/v1/point-deliveries', {
        body: { parcels: [{ object_id: parcel.number, parcel: bare }] } as never,
      }),
    () =>
      near.counter.post('/v1/points/{point_id}/shelf-parcels', {
        params: { path: { point_id: near.id } },
        body: { number: parcel.number, place: '1-1' },
      }),
  ];
  for (const attempt of attempts) {
    withoutConsent.tried += 1;
    if ((await refusalOf(attempt())) !== undefined) withoutConsent.refused += 1;
  }
  countOf(world, 'without consent');
}

function announceLater(world: PointWorld, parcel: PlannedParcel, truth: TruthWaiting): void {
  const list = world.toAnnounce.get(parcel.country) ?? [];
  world.toAnnounce.set(parcel.country, list);
  const { name, phone } = parcel.recipient;
  const body = {
    object_id: parcel.number,
    parcel: {
      ...{ point_id: pointOf(world, truth.point).id, number: parcel.number, carrier_code: BRINGER },
      recipient: { name, phone },
      consent: {
        ...{ given_by: 'recipient', given_at: instantOf(world.now), channel: 'checkout', wording: '2026-03' },
      },
      ...(truth.reservationId === undefined ? {} : { reservation_id: truth.reservationId }),
    },
  };
  list.push({ truth, body });
}

/** What a marketplace has gathered in an hour goes out in batches. */
export async function announceAll(world: PointWorld): Promise<void> {
  for (const [country, list] of world.toAnnounce) {
    for (let from = 0; from < list.length; from += BATCH) {
      const some = list.slice(from, from + BATCH);
      const answer = await marketOf(world, country).marketplace.post('/v1/point-deliveries', {
        body: { parcels: some.map(({ body }) => body) } as never,
      });
      for (const [index, { truth }] of some.entries()) {
        const result = answer.results[index];
        if (result?.shelf_parcel_id === undefined)
          throw new Error(`${truth.number} was not announced: ${JSON.stringify(result?.error)}`);
        truth.id = result.shelf_parcel_id;
        truth.state = 'announced';
        happened(truth, 'announced');
        world.truth.waiting.set(truth.index, truth);
        countOf(world, 'parcels');
      }
    }
    list.length = 0;
  }
}

/** The next instant from `from` on that is this hour of the country's day. */
export function nextLocal(from: number, country: string, hour: number): number {
  const day = 24 * HOUR;
  const offset = ((localHour(country, hour) % day) + day) % day;
  const today = Math.floor(from / day) * day + offset;
  return today >= from ? today : today + day;
}
