import { type CountryCode, idFromUuid, instant, type OrganisationId, type PointId } from '../kernel/index.ts';
import {
  type OpeningHours,
  POINT_KINDS,
  POINT_SERVICES,
  type Point,
  type ServiceRange,
} from '../points/index.ts';

/** Mulberry32: the same points for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pointIdOf(number: number): PointId {
  const uuid = new Uint8Array(16);
  new DataView(uuid.buffer).setUint32(12, number);
  return idFromUuid('pnt', uuid);
}

/** Where the earth's map has an edge, and where most people are. */
const CENTRES: readonly (readonly [number, number, string, string, string])[] = [
  [39.9, 116.4, 'CN', 'Beijing', 'Asia/Shanghai'],
  [31.2, 121.5, 'CN', 'Shanghai', 'Asia/Shanghai'],
  [28.6, 77.2, 'IN', 'Delhi', 'Asia/Kolkata'],
  [-17.7, 179.9, 'FJ', 'Taveuni', 'Pacific/Fiji'],
  [-16.8, -179.95, 'FJ', 'Rabi', 'Pacific/Fiji'],
  [89.9, 10, 'NO', 'Barneo', 'Europe/Oslo'],
  [-89.95, -120, 'AQ', 'South Pole', 'Antarctica/McMurdo'],
  [48.85, 2.35, 'FR', 'Paris', 'Europe/Paris'],
  [-23.5, -46.6, 'BR', 'São Paulo', 'America/Sao_Paulo'],
];
const DAYS = [1, 2, 3, 4, 5, 6, 7];
const SCHEDULES: readonly (readonly OpeningHours[])[] = [
  DAYS.map((day) => ({ day, opens: '00:00', closes: '24:00' })),
  DAYS.slice(0, 5).flatMap((day) => [
    { day, opens: '09:00', closes: '12:00' },
    { day, opens: '13:30', closes: '18:00' },
  ]),
  [{ day: 3, opens: '10:00', closes: '10:30' }],
  [],
];
const SOON = instant('2026-11-29T12:00:00.000Z');

/** A point of a seeded world; `change` lays over it. */
export function pointOf(number: number, random: () => number, change: Partial<Point> = {}): Point {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const [latitude, longitude, country, city, zone] = pick(CENTRES);
  const spread = pick([0.02, 0.3, 4]);
  const turned = longitude + (random() - 0.5) * spread * 2;
  const position = {
    latitude: Math.max(-90, Math.min(90, latitude + (random() - 0.5) * spread)),
    longitude: turned > 180 ? turned - 360 : turned < -180 ? turned + 360 : turned,
  };
  const range = rangeOf(position.latitude, position.longitude, random);
  return {
    id: pointIdOf(number),
    organisationId: 'org_00000000000000000000000000' as OrganisationId,
    outletCode: `P${number}`,
    name: `${city} outlet ${number % 97}`,
    kind: pick(POINT_KINDS),
    services: POINT_SERVICES.filter(() => random() < 0.6),
    goodsClasses: ['liquid', 'battery_only', 'breakable'].filter(() => random() < 0.3),
    country: country as CountryCode,
    divisionCodes: [],
    city,
    postcode: String(10_000 + (number % 900)),
    addressLines: [`${number % 211} Long Road`],
    position,
    zone,
    hours: pick(SCHEDULES),
    exceptions: random() < 0.1 ? [{ date: '2026-11-30', hours: [] }] : [],
    ...(range === undefined ? {} : { range }),
    capacity: { perHour: { collect: 10, return: random() < 0.5 ? 5 : 0 }, shelf: 40 },
    quality: Math.floor(random() * 101),
    state: pick(['active', 'active', 'active', 'trial', 'paused', 'suspended']),
    ...(random() < 0.05 ? { pausedFrom: SOON, pausedUntil: instant('2026-12-01T00:00:00.000Z') } : {}),
    appliedAt: SOON,
    changedAt: SOON,
    version: 1,
    ...change,
  };
}

function rangeOf(latitude: number, longitude: number, random: () => number): ServiceRange | undefined {
  const draw = random();
  if (draw < 0.05) return { kind: 'divisions', codes: draw < 0.02 ? ['110000'] : ['310000', '330000'] };
  if (draw > 0.1 || Math.abs(latitude) > 80 || Math.abs(longitude) > 170) return undefined;
  const corner = (north: number, east: number) => ({
    latitude: latitude + north * 0.5,
    longitude: longitude + east * 0.5,
  });
  return {
    kind: 'polygon',
    ring: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)],
  };
}
