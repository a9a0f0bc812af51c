import { describe, expect, it } from 'vitest';
import { type CountryCode, instant, type OrganisationId } from '../kernel/index.ts';
import {
  audienceOf,
  codeTableOf,
  isTrusted,
  type ParcelParts,
  type Reporter,
  sourceKindOf,
  sourceOf,
} from './recognition.policy.ts';

const AT = instant('2026-03-01T00:00:00Z');
const NOBODYS = {
  shipmentId: undefined,
  organisationId: undefined,
  clientPlatformId: undefined,
  carrierId: undefined,
  warehouseId: undefined,
};
const OWNED = {
  ...NOBODYS,
  shipmentId: 'shp_1',
  organisationId: 'org_m',
  clientPlatformId: 'org_p',
  warehouseId: 'org_w',
};
const carrier = (carrierCode: string): Reporter => ({
  kind: 'carrier',
  organisationId: 'org_c',
  carrierCode,
});

describe('trust', () => {
  it.each<[string, Reporter, ParcelParts, boolean]>([
    ['this program', { kind: 'network' }, OWNED, true],
    ['the operator', { kind: 'operator', organisationId: 'org_o' }, OWNED, true],
    ['a merchant, also of its own parcel', { kind: 'merchant', organisationId: 'org_m' }, OWNED, false],
    ['hands of the warehouse that has a part', { kind: 'hands', organisationId: 'org_w' }, OWNED, true],
    ['hands of another warehouse', { kind: 'hands', organisationId: 'org_x' }, OWNED, false],
    ['any hands while no order is known', { kind: 'hands', organisationId: 'org_x' }, NOBODYS, true],
    ['a recognised post', carrier('usps'), OWNED, true],
    [
      'a carrier of ours, of its own parcel',
      carrier('postroad_line'),
      { ...OWNED, carrierId: 'org_c' },
      true,
    ],
    ['a carrier of ours, of a parcel without an order', carrier('postroad_line'), NOBODYS, true],
    [
      'a carrier of ours, of another’s parcel',
      carrier('postroad_line'),
      { ...OWNED, carrierId: 'org_d' },
      false,
    ],
    ['a post, of what another sent', carrier('usps'), { ...OWNED, carrierId: 'org_d' }, true],
    ['a carrier that is not recognised', carrier('zto'), OWNED, false],
    ['a carrier that nobody knows', carrier('acme'), OWNED, false],
  ])('in %s', (_name, reporter, parcel, trusted) => {
    expect(isTrusted(reporter, parcel, AT)).toBe(trusted);
  });

  const country = (code: string) => code as CountryCode;
  const numbered = (carrierCode: string, more: Partial<ParcelParts> = {}): ParcelParts => ({
    ...OWNED,
    number: 'N1',
    carrierCode,
    ...more,
  });
  const inSpain = { destination: { country: country('ES') } };

  it.each<[string, Reporter, ParcelParts, boolean]>([
    ['its own', carrier('ups'), numbered('ups'), true],
    ['another express carrier’s', carrier('fedex'), numbered('ups'), false],
    ['that of the house it took over', carrier('fedex'), numbered('tnt'), true],
    [
      'an express carrier’s that goes to the post’s country',
      carrier('correos'),
      numbered('ups', inSpain),
      true,
    ],
    ['an express carrier’s that goes elsewhere', carrier('usps'), numbered('ups', inSpain), false],
    ['an express carrier’s that goes nobody knows where', carrier('usps'), numbered('ups'), true],
    ['a post’s', carrier('ups'), numbered('usps'), true],
    ['a post’s, of a carrier of ours', carrier('postroad_line'), numbered('usps'), false],
    ['an express carrier’s, of a carrier of ours', carrier('postroad_line'), numbered('ups'), false],
    [
      'of a parcel that nobody ordered',
      carrier('fedex'),
      { ...NOBODYS, number: 'N1', carrierCode: 'ups' },
      true,
    ],
    [
      'one that we bring from door to door',
      carrier('ups'),
      numbered('postroad_line', { route: [country('DE')] }),
      false,
    ],
    [
      'one that we bring to the border',
      carrier('usps'),
      numbered('postroad_line', { route: [country('CN'), country('US')] }),
      true,
    ],
  ])('of a number: %s', (_name, reporter, parcel, trusted) => {
    expect(isTrusted(reporter, parcel, AT)).toBe(trusted);
    // A number of its own leads to the parcel: its last mile.
    expect(isTrusted(reporter, parcel, AT, undefined, 'N2')).toBe(
      trusted || (reporter.kind === 'carrier' && !reporter.carrierCode.startsWith('postroad')),
    );
  });

  it('follows the rules of the client platform of the parcel', () => {
    const sources = [
      {
        id: 'zto',
        clientPlatform: 'org_p' as OrganisationId,
        kind: 'EXPRESS' as const,
        recognised: true,
        from: instant('2026-01-01T00:00:00Z'),
        proof: 'contract',
      },
    ];
    expect(isTrusted(carrier('zto'), OWNED, AT, sources)).toBe(true);
    expect(isTrusted(carrier('zto'), { ...OWNED, clientPlatformId: 'org_q' }, AT, sources)).toBe(false);
    expect(isTrusted(carrier('zto'), OWNED, instant('2025-12-31T00:00:00Z'), sources)).toBe(false);
  });
});

it('a source speaks under its own name, in its own codes', () => {
  expect([carrier('usps'), carrier('cainiao'), carrier('ups')].map(codeTableOf)).toEqual([
    'emsevt',
    'cainiao',
    'native',
  ]);
  expect(sourceOf(carrier('usps'))).toBe('usps');
  expect(sourceKindOf(carrier('usps'))).toBe('post');
  expect(sourceKindOf(carrier('acme'))).toBe('aggregator');
  const hands: Reporter = { kind: 'hands', organisationId: 'org_w' };
  expect(sourceOf(hands)).not.toBe(sourceOf({ kind: 'hands', organisationId: 'org_x' }));
  expect(sourceKindOf(hands)).toBe('online_delivery');
});

it('the audience is everybody with a part, once', () => {
  expect(audienceOf({ ...OWNED, carrierId: 'org_w' })).toEqual(['org_m', 'org_p', 'org_w']);
  expect(audienceOf(NOBODYS)).toEqual([]);
});
