import { type Instant, instant } from '../kernel/index.ts';
import type { Milestone, ScanId } from '../tracking/index.ts';
import type { DeclarationFacts, FactPlace, FactScan, OtherClaim } from './facts.ts';

/** An order of a buyer in Madrid, shipped from Shenzhen by post. Times are minutes and days after the order. */
export const PLACED: Instant = instant('2026-03-02T08:00:00Z');
export const MADRID: FactPlace = {
  country: 'ES' as FactPlace['country'],
  city: 'Madrid',
  postcode: '28013',
  position: { latitude: 40.42, longitude: -3.7 },
};
export const VALENCIA: FactPlace = {
  country: 'ES' as FactPlace['country'],
  city: 'Valencia',
  postcode: '46001',
  position: { latitude: 39.47, longitude: -0.38 },
};
/** A town beside Madrid, where the buyer's office is. */
export const GETAFE: FactPlace = {
  country: 'ES' as FactPlace['country'],
  city: 'Getafe',
  postcode: '28901',
  position: { latitude: 40.31, longitude: -3.73 },
};
export const SHENZHEN: FactPlace = {
  country: 'CN' as FactPlace['country'],
  city: 'Shenzhen',
  position: { latitude: 22.54, longitude: 114.06 },
};
export const LYON: FactPlace = { country: 'FR' as FactPlace['country'], city: 'Lyon', postcode: '69001' };

export function day(days: number): Instant {
  return new Date(Date.parse(PLACED) + days * 86_400_000).toISOString() as Instant;
}

export function scan(
  milestone: Milestone,
  atDay: number,
  place?: FactPlace,
  more: Partial<FactScan> = {},
): FactScan {
  return {
    id: `${milestone}-${atDay}-${more.source ?? 'correos'}` as ScanId,
    milestone,
    occurredAt: day(atDay),
    zoneKnown: true,
    source: 'correos',
    recognised: true,
    place,
    ...more,
  };
}

/** As it goes when all is well. */
export const HONEST_SCANS: readonly FactScan[] = [
  scan('order_created', 0.5, SHENZHEN),
  scan('picked_up', 1.5, SHENZHEN),
  scan('departed_origin', 3, SHENZHEN),
  scan('arrived_destination', 6, { country: 'ES' as FactPlace['country'] }),
  scan('arrived_delivery_depot', 8, MADRID),
  scan('out_for_delivery', 9, MADRID),
  scan('delivered', 9.2, MADRID),
];

export function claim(more: Partial<OtherClaim> = {}): OtherClaim {
  return {
    externalShipmentId: 'ext_other',
    organisationId: 'org_other',
    sameBuyer: false,
    buyerKey: 'another buyer',
    declaredAt: day(0.5),
    ...more,
  };
}

type Parts = {
  readonly declaration?: Partial<DeclarationFacts['declaration']>;
  readonly order?: Partial<DeclarationFacts['order']>;
} & Partial<Omit<DeclarationFacts, 'declaration' | 'order'>>;

export function factsOf({ declaration, order, ...more }: Parts = {}): DeclarationFacts {
  return {
    at: day(20),
    declaration: {
      externalShipmentId: 'ext_this',
      declaredAt: day(1),
      numberDeclaredAt: day(1),
      carrierCode: 'correos',
      carrierKind: 'post',
      number: 'RR123456785CN',
      shipFrom: 'CN' as FactPlace['country'],
      ...declaration,
    },
    order: { placedAt: PLACED, to: MADRID, weightGrams: 800, ...order },
    claims: [],
    holder: 'own',
    pool: 'not_ours',
    numberCheck: 'holds',
    scans: HONEST_SCANS,
    ...more,
  };
}
