import { draw, type Random } from '../replay/random.ts';

/** A parcel of the load, and all that its carrier will ever say of it. */
export type LoadParcel = { readonly number: string; readonly waybillId: string; readonly scans: LoadScan[] };
export type LoadScan = {
  readonly number: string;
  readonly milestone: string;
  readonly occurredAtMs: number;
  readonly city: string;
};

/** The way of a domestic parcel as a carrier tells it (source: the milestones of the API's contract). */
const BEGINNING = ['picked_up', 'warehouse_received', 'warehouse_outbound', 'linehaul'];
const UNDER_WAY = 'in_transit_local';
const END = ['arrived_delivery_depot', 'out_for_delivery', 'delivered'];
/** A quarter of an hour apart for a plane. */
const CITIES = ['São Paulo', 'Campinas', 'Santos', 'Sorocaba', 'Jundiaí', 'Piracicaba', 'Taubaté'];
const MINUTE_MS = 60_000;

/** So many scans of one parcel, a quarter of an hour to six hours apart; the last says that it was delivered. */
export function lifeOf(number: string, scans: number, startMs: number, random: Random): LoadScan[] {
  let occurredAtMs = startMs + Math.floor(random() * 600) * MINUTE_MS;
  return Array.from({ length: scans }, (_, at) => {
    occurredAtMs += (15 + Math.floor(random() * 345)) * MINUTE_MS;
    const left = scans - at;
    const milestone = BEGINNING[at] ?? (left <= END.length ? END.at(-left) : UNDER_WAY) ?? '';
    return { number, milestone, occurredAtMs, city: draw(random, CITIES) };
  });
}

/** As `POST /v1/scans` takes it. */
export const wireOf = (scan: LoadScan) => ({
  number: scan.number,
  milestone: scan.milestone,
  occurred_at: new Date(scan.occurredAtMs).toISOString(),
  place: { country: 'BR', city: scan.city },
});

/**
 * All scans in an order that has nothing to do with their time, some of them twice or three times, as networks and
 * clerks repeat themselves.
 */
export function shuffledWithRepeats(
  parcels: readonly LoadParcel[],
  repeatedShare: number,
  random: Random,
): LoadScan[] {
  const all = parcels.flatMap((parcel) => parcel.scans);
  const load = [...all, ...all.filter(() => random() < repeatedShare)];
  for (let at = load.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [load[at], load[other]];
    if (a !== undefined && b !== undefined) [load[at], load[other]] = [b, a];
  }
  return load;
}
