// What tests of points and of the rooms above share: a counter that is open for business.
import type { Queryable } from '../../platform/db/index.ts';
import { type CountryCode, instant, type OrganisationId, type PointId } from '../kernel/index.ts';
import type { Point } from './model.ts';
import { savePoints } from './store.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '08:00', closes: '20:00' }));

/** An active shop in Hangzhou, open from 8 to 20, ten parcels an hour of each service, a shelf for fifty. */
export function aPoint(id: PointId, organisationId: OrganisationId, more: Partial<Point> = {}): Point {
  return {
    id,
    organisationId,
    outletCode: id.slice(-12),
    name: 'Corner Shop',
    kind: 'shop',
    services: ['collect', 'return', 'mail'],
    goodsClasses: [],
    country: 'CN' as CountryCode,
    divisionCodes: ['330000', '330100', '330106'],
    city: 'Hangzhou',
    postcode: '310012',
    addressLines: ['1 Wensan Road'],
    position: { latitude: 30.2741, longitude: 120.1551 },
    zone: 'Asia/Shanghai',
    hours: EVERY_DAY,
    exceptions: [],
    capacity: { perHour: { collect: 10, return: 10, mail: 10 }, shelf: 50 },
    quality: 80,
    state: 'active',
    appliedAt: instant('2026-01-01T00:00:00Z'),
    changedAt: instant('2026-01-01T00:00:00Z'),
    version: 1,
    ...more,
  };
}

/** Writes points past the onboarding, for tests of what happens at points. `db` acts for any scope. */
export function insertPoints(db: Queryable, points: readonly Point[]): Promise<number> {
  return savePoints(db, points);
}

/** The body of `POST /v1/points` for the same shop. */
export function pointApplication(outletCode: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    outlet_code: outletCode,
    name: 'Corner Shop',
    kind: 'shop',
    services: ['collect', 'return', 'mail'],
    country: 'CN',
    division_codes: ['330000', '330100', '330106'],
    city: 'Hangzhou',
    postcode: '310012',
    address_lines: ['1 Wensan Road'],
    position: { latitude: 30.2741, longitude: 120.1551 },
    zone: 'Asia/Shanghai',
    hours: EVERY_DAY,
    capacity: { per_hour: { collect: 10, return: 10, mail: 10 }, shelf: 50 },
    ...more,
  };
}
