import { describe, expect, it } from 'vitest';
import { MilestoneReached, QuarantineRevised, UnmappedCodesCame } from '../tracking/events.ts';
import { heardOf, hearingOf, TOPICS, topicsOfRole, topicsOfType } from './topics.policy.ts';

const carrier = { role: 'carrier', organisationId: 'org_c' } as const;
const operator = { role: 'operator', organisationId: 'org_o' } as const;
const held = { type: QuarantineRevised.name, audience: ['org_c'] };

describe('what somebody hears of', () => {
  it('is what concerns his organisation, and for staff of the network everything', () => {
    expect(heardOf(carrier, [held])).toEqual(['quarantine']);
    expect(heardOf({ ...carrier, organisationId: 'org_d' }, [held])).toEqual([]);
    expect(heardOf(operator, [held])).toEqual(['quarantine', 'sources']);
    // Told to nobody, such as that a parcel that nobody ordered is free again: the network looks at it all the same.
    expect(heardOf(operator, [{ ...held, audience: [] }])).toEqual(['quarantine', 'sources']);
    expect(heardOf(carrier, [{ ...held, audience: [] }])).toEqual([]);
  });

  it('is nothing that he may not read, although his organisation is told', () => {
    const merchant = { role: 'merchant_admin', organisationId: 'org_m' } as const;
    const news = [
      { type: UnmappedCodesCame.name, audience: ['org_m'] },
      { type: MilestoneReached.name, audience: ['org_m'] },
    ];
    expect(heardOf(merchant, news)).toEqual(['timelines']);
    expect(hearingOf('point_clerk', 'wallets')).toBeUndefined();
  });

  it('is a name only: an event of another room is news of nothing', () => {
    expect(topicsOfType('OrganisationRenamed')).toEqual([]);
  });

  it('each topic is heard by somebody, and some event is news of it', () => {
    expect(topicsOfRole('operator')).toEqual(TOPICS);
    const told = new Set(
      [
        'PickupBooked',
        'VerificationSuspected',
        'StatusReported',
        'ShipmentSent',
        'WaybillIntercepted',
      ].flatMap(topicsOfType),
    );
    expect([...told].sort()).toEqual([
      'interceptions',
      'pickups',
      'shipments',
      'status_reports',
      'verifications',
    ]);
  });
});
