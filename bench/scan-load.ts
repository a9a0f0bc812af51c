import pg from 'pg';
import { bucketOf } from '../network/tracking/bucket.policy.ts';
import { EMPTY_TIMELINE } from '../network/tracking/parcel.ts';
import type { Market } from '../test/setup/market.ts';

/*
 * The scans of the bench: domestic parcels of one carrier, each in its slot. In every round each slot's parcel gets its
 * next scan; after the tenth another parcel takes the slot. A tenth of the slots begins in each round, so that a round
 * holds all steps alike: 10 scans of a parcel reach 5 milestones and change the state 5 times.
 */
const ITINERARY: readonly { readonly code: string; readonly city: string }[] = [
  { code: 'picked_up', city: 'Berlin' },
  ...['Berlin', 'Leipzig', 'Nürnberg'].flatMap((city) => [
    { code: 'in_transit_local', city },
    { code: 'in_transit_local', city: `${city} Nord` },
  ]),
  { code: 'arrived_delivery_depot', city: 'München' },
  { code: 'out_for_delivery', city: 'München' },
  { code: 'delivered', city: 'München' },
];
export const STEPS = ITINERARY.length;
export const CARRIER_CODE = 'postroad_express_eu';
const LATEST_ROUND = 1_000;

type Turn = { readonly parcel: number; readonly step: number };

/** Which parcel of a slot gets which scan in a round; undefined: the slot has not begun. */
function turnOf(slot: number, round: number, slots: number): Turn | undefined {
  const since = round - (slot % STEPS);
  if (since < 0) return undefined;
  return { parcel: Math.floor(since / STEPS) * slots + slot, step: since % STEPS };
}

/** Ids grow with time: parcels under way are younger than those of the past (scan-history.ts), as many as there may be. */
const PAST = 1e11;
export const parcelIdOf = (parcel: number) => pastIdOf(PAST + parcel);
export const numberOf = (parcel: number) => pastNumberOf(PAST + parcel);
export const pastIdOf = (parcel: number) => `pcl_${String(parcel).padStart(26, '0')}`;
export const pastNumberOf = (parcel: number) => `PRE${String(parcel).padStart(12, '0')}`;

/**
 * The slots in an order that looks like chance and is the same in each round: parcels of one batch have nothing to do
 * with each other, as they lie on the belts of a hub.
 */
function mixed(slots: number): number[] {
  let step = Math.max(1, Math.floor(slots * 0.618));
  while (greatestCommonDivisor(step, slots) !== 1) step += 1;
  return Array.from({ length: slots }, (_, index) => (index * step) % slots);
}

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestCommonDivisor(second, first % second);
}

/** The parcels of slots in a round. */
export function parcelsOfRound(slots: number, round: number): number[] {
  return mixed(slots)
    .map((slot) => turnOf(slot, round, slots)?.parcel)
    .filter((parcel) => parcel !== undefined);
}

/**
 * The scans of a round, in the shape of the API. A late one happened half an hour before the
 * last scan that its parcel had in the round before.
 */
export function scansOfRound(slots: number, round: number, began: number, late = false): object[] {
  const scans: object[] = [];
  for (const slot of mixed(slots)) {
    const turn = turnOf(slot, round, slots);
    if (turn === undefined) continue;
    const { code, city } = late
      ? { code: 'in_transit_local', city: 'Hof' }
      : (ITINERARY[turn.step] as (typeof ITINERARY)[number]);
    const hours = late ? round - 0.5 : round;
    scans.push({
      number: numberOf(turn.parcel),
      code,
      occurred_at: new Date(
        began - (LATEST_ROUND - hours) * 3_600_000 + (slot % 1_800) * 1_000,
      ).toISOString(),
      place: { country: 'DE', city, facility: `DE-${(slot * 7) % 400}` },
      operator: `op-${slot % 97}`,
    });
  }
  return scans;
}

export function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Parcels with order, owner, marketplace and carrier, as registration leaves them; behind the API. */
export async function putParcels(url: string, from: number, to: number, market: Market): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const all = Array.from({ length: to - from }, (_, index) => from + index);
  for (const part of inBatches(all, 20_000)) {
    const ids = part.map(parcelIdOf);
    const numbers = part.map(numberOf);
    await client.query(
      `insert into tracking.directory (bucket, number, generation, carrier_code, valid_from, parcel_id, provisional)
       select b, n, 1, $4, now() - interval '300 days', p, false from unnest($1::smallint[], $2::text[], $3::text[]) u(b, n, p)`,
      [numbers.map(bucketOf), numbers, ids, CARRIER_CODE],
    );
    await client.query(
      `insert into tracking.parcel (bucket, parcel_id, number, carrier_code, organisation_id, client_platform_id, carrier_id,
         shipment_id, destination, promise, timeline, created_at, changed_at)
       select b, p, n, $4, $5, $6, $7, 'shp_' || substr(p, 5), '{"country": "DE", "city": "München"}',
         jsonb_build_object('kind', 'PROMISE', 'earliest', now(), 'latest', now() + interval '3 days'), $8, now(), now()
       from unnest($1::smallint[], $2::text[], $3::text[]) u(b, n, p)`,
      [
        ids.map(bucketOf),
        numbers,
        ids,
        CARRIER_CODE,
        market.merchant.id,
        market.marketplace.id,
        market.carrier.id,
        JSON.stringify(EMPTY_TIMELINE),
      ],
    );
  }
  await client.end();
}
