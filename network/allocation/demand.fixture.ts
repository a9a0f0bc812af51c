// What tests of allocation share: shops on a street, a locator over them, and somebody who wants to bring a return.
import { newId } from '../../platform/world/index.ts';
import { type CountryCode, distanceMeters, instant, type OrganisationId } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { aPoint } from '../points/points.fixture.ts';
import type { Demand } from './model.ts';
import type { PointCandidates } from './weigh.ts';

/** Monday 10:00 in Hangzhou. */
export const NOW = instant('2026-06-01T02:00:00Z');
export const HERE = { latitude: 30.2741, longitude: 120.1551 };

/** An active shop so many metres north of HERE. */
export function shopAt(meters: number, organisationId: OrganisationId, more: Partial<Point> = {}): Point {
  const position = { ...HERE, latitude: HERE.latitude + meters / 111_195 };
  return aPoint(newId('pnt'), organisationId, { position, ...more });
}

/** Brute force; service and goods class are left to the filters of allocation. */
export function locatorOver(points: () => readonly Point[]): PointCandidates {
  return {
    nearest: ({ position, limit, maxDistanceMeters, exclude = [] }) =>
      points()
        .filter((point) => !exclude.includes(point.id))
        .map((point) => ({ point, distanceMeters: distanceMeters(position, point.position) }))
        .filter((found) => found.distanceMeters <= maxDistanceMeters)
        .sort((a, b) => a.distanceMeters - b.distanceMeters)
        .slice(0, limit),
  };
}

export function aDemand(more: Partial<Demand> = {}): Demand {
  return {
    service: 'return',
    subject: { kind: 'return', id: newId('ret') },
    country: 'CN' as CountryCode,
    position: HERE,
    divisionCodes: ['330000', '330100', '330106'],
    goodsClass: 'normal',
    parcels: 1,
    notBefore: NOW,
    notAfter: instant('2026-06-01T12:00:00Z'),
    ...more,
  };
}
