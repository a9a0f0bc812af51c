import { expect, it } from 'vitest';
import type { OrganisationId, ShipmentId } from '../kernel/index.ts';
import { EvidenceAdded, ParcelWeighed } from './events.ts';
import type { Milestone } from './model.ts';
import { quietNewsOf } from './quiet-news.policy.ts';

const BELIEVED = { flags: [] } as const;
const DOUBTED = { flags: ['implausible_scan'] } as const;
const ORGANISATION = 'org_m' as OrganisationId;
const DECLARED = { organisationId: ORGANISATION, shipmentId: undefined, timeline: BELIEVED };
const told = (milestone: Milestone, more: object = {}) => [{ recognised: true, milestone, ...more }];

it.each([
  [
    'a weight, of any parcel',
    { ...DECLARED, organisationId: undefined },
    told('linehaul', { weightGrams: 1 }),
    ParcelWeighed,
  ],
  ['a source that is not recognised', DECLARED, told('linehaul', { recognised: false }), EvidenceAdded],
  ['where it was brought', DECLARED, told('out_for_delivery'), EvidenceAdded],
  ['a hub on the way', DECLARED, told('in_transit_local'), undefined],
  [
    'a scan of a parcel that was doubted',
    { ...DECLARED, timeline: DOUBTED },
    told('linehaul'),
    EvidenceAdded,
  ],
  [
    'a parcel that the network brings',
    { ...DECLARED, shipmentId: 'shp_1' as ShipmentId },
    told('out_for_delivery'),
    undefined,
  ],
  [
    'a parcel that nobody declared',
    { ...DECLARED, organisationId: undefined },
    told('out_for_delivery'),
    undefined,
  ],
])('the judge of numbers hears of %s', (_what, parcel, added, news) => {
  expect(quietNewsOf(parcel, added, BELIEVED)).toBe(news);
});

it('the judge hears of a scan that goes to quarantine', () => {
  expect(quietNewsOf(DECLARED, told('linehaul'), DOUBTED)).toBe(EvidenceAdded);
});
