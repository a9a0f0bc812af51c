import { describe, expect, it } from 'vitest';
import { ParcelStatusName } from './contract.ts';
import { MILESTONE_NAMES, MILESTONES } from './milestones.policy.ts';
import type { ParcelStatus, ParcelSubstatus } from './model.ts';
import { codesOf, meaningOf } from './source-codes.policy.ts';
import { foreignWords, foreignWordsOfScan, STATUS_KEYS } from './vocabularies.policy.ts';

const partsOf = (key: string): readonly [ParcelStatus, ParcelSubstatus | undefined] => [
  key.split('.')[0] as ParcelStatus,
  key.includes('.') ? (key as ParcelSubstatus) : undefined,
];
const wordsOf = (key: string) => foreignWords(...partsOf(key));

/** The words that each service has (their public documentation); another one would be made up. */
const TRACK17: Readonly<Record<string, ReadonlySet<string>>> = {
  NotFound: new Set(['NotFound_Other', 'NotFound_InvalidCode']),
  InfoReceived: new Set(['InfoReceived']),
  InTransit: wordsUnder(
    'InTransit',
    'PickedUp Other Departure Arrival CustomsProcessing CustomsReleased CustomsRequiringInformation',
  ),
  Expired: new Set(['Expired_Other']),
  AvailableForPickup: new Set(['AvailableForPickup_Other']),
  OutForDelivery: new Set(['OutForDelivery_Other']),
  DeliveryFailure: wordsUnder('DeliveryFailure', 'Other NoBody Security Rejected InvalidAddress'),
  Delivered: new Set(['Delivered_Other']),
  Exception: wordsUnder(
    'Exception',
    'Other Returning Returned NoBody Security Damage Rejected Delayed Lost Destroyed Cancel',
  ),
};
const AFTERSHIP: Readonly<Record<string, ReadonlySet<string>>> = {
  Pending: wordsUnder('Pending', '001'),
  InfoReceived: wordsUnder('InfoReceived', '001'),
  InTransit: wordsUnder('InTransit', '001 002 003 004 005 006 007 008 009'),
  OutForDelivery: wordsUnder('OutForDelivery', '001 003 004'),
  AvailableForPickup: wordsUnder('AvailableForPickup', '001'),
  AttemptFail: wordsUnder('AttemptFail', '001 002 003'),
  Delivered: wordsUnder('Delivered', '001 002 003 004 005'),
  Exception: wordsUnder(
    'Exception',
    '001 002 003 004 005 006 007 008 009 010 011 012 013 016 017 018 019 020 021',
  ),
  Expired: wordsUnder('Expired', '001'),
};
function wordsUnder(status: string, endings: string): ReadonlySet<string> {
  return new Set(endings.split(' ').map((ending) => `${status}_${ending}`));
}
const EASYPOST = new Set(
  'unknown pre_transit in_transit out_for_delivery delivered available_for_pickup return_to_sender failure cancelled error'.split(
    ' ',
  ),
);
const EASYPOST_DETAILS = new Set(
  `address_correction arrived_at_destination arrived_at_facility arrived_at_pickup_location awaiting_information
   cancelled damaged delayed delivery_exception departed_facility departed_origin_facility expired failure held
   in_transit label_created lost missorted out_for_delivery received_at_destination_facility
   received_at_origin_facility refused return status_update transferred_to_destination_carrier transit_exception
   unknown weather_delay`.split(/\s+/),
);
const SHIPPO: Readonly<Record<string, ReadonlySet<string>>> = {
  UNKNOWN: new Set(['other']),
  PRE_TRANSIT: new Set(['information_received']),
  TRANSIT: new Set(
    `address_issue contact_carrier delayed delivery_attempted delivery_rescheduled delivery_scheduled
     location_inaccessible notice_left out_for_delivery package_accepted package_arrived package_damaged
     package_departed package_forwarded package_held package_processed package_processing pickup_available
     reschedule_delivery`.split(/\s+/),
  ),
  DELIVERED: new Set(['delivered']),
  RETURNED: new Set(['return_to_sender', 'package_unclaimed']),
  FAILURE: new Set(['package_undeliverable', 'package_disposed', 'package_lost']),
};

describe('the words of tracking services', () => {
  it('answer for every status and for every detail that a source or a milestone can tell', () => {
    const told = (['native', 'cainiao', 'taobao_open', 'qimen', 'emsevt', 'epcis'] as const).flatMap(
      (table) => codesOf(table).map((code) => meaningOf(table, code).substatus),
    );
    const own = MILESTONE_NAMES.flatMap((name) => [MILESTONES[name].status, MILESTONES[name].substatus]);
    const needed = [...ParcelStatusName.options, ...told, ...own].filter((key) => key !== undefined);
    expect(needed.filter((key) => !STATUS_KEYS.includes(key))).toEqual([]);
  });

  it('are words that the services have', () => {
    for (const key of STATUS_KEYS) {
      const { aftership, seventeenTrack, easypost, shippo } = wordsOf(key);
      if (aftership !== undefined) expect(AFTERSHIP[aftership.tag]?.has(aftership.subtag), key).toBe(true);
      if (seventeenTrack !== undefined)
        expect(TRACK17[seventeenTrack.status]?.has(seventeenTrack.subStatus), key).toBe(true);
      if (easypost !== undefined) {
        expect(EASYPOST.has(easypost.status), key).toBe(true);
        expect(EASYPOST_DETAILS.has(easypost.statusDetail), `${key} ${easypost.statusDetail}`).toBe(true);
      }
      if (shippo !== undefined) expect(SHIPPO[shippo.status]?.has(shippo.substatus), key).toBe(true);
    }
  });

  it('leave out only what is said to have none', () => {
    const without = STATUS_KEYS.flatMap((key) =>
      Object.entries(wordsOf(key)).flatMap(([service, words]) =>
        words === undefined ? [`${service} ${key}`] : [],
      ),
    );
    expect(without.sort()).toEqual([
      'aftership not_found.invalid_number',
      'aftership unknown',
      'seventeenTrack unknown',
      'shippo cancelled',
      'shippo expired',
    ]);
  });

  it('never call a parcel delivered that a point holds, that was tried in vain or that turned round', () => {
    for (const key of STATUS_KEYS) {
      const { aftership, seventeenTrack, easypost, shippo } = wordsOf(key);
      const words = [aftership?.tag, seventeenTrack?.status, easypost?.status, shippo?.status];
      const isDelivered = words.some((word) => word?.toLowerCase() === 'delivered');
      expect(isDelivered, key).toBe(partsOf(key)[0] === 'delivered');
    }
  });

  it.each([
    ['delivered.signed', 'Delivered_003'],
    ['delivered.collected', 'Delivered_002'],
    ['delivered.proxy_or_neighbour', 'Delivered_005'],
    ['delivered.cod_collected', 'Delivered_004'],
    ['out_for_delivery.appointment', 'OutForDelivery_004'],
    ['exception.delayed_weather', 'Exception_017'],
    ['exception.delayed_carrier', 'Exception_016'],
    ['exception.delayed_external', 'Exception_005'],
    ['exception.destroyed', 'Exception_021'],
    ['cancelled', 'Exception_020'],
  ])('of AfterShip are the most exact ones that it has: %s', (key, subtag) => {
    expect(wordsOf(key).aftership?.subtag).toBe(subtag);
  });

  it('of a scan are those of what it means', () => {
    expect(foreignWordsOfScan('at_point', 'available_for_pickup.locker').aftership).toEqual({
      tag: 'AvailableForPickup',
      subtag: 'AvailableForPickup_001',
    });
    expect(foreignWordsOfScan('delivered', 'delivered.signed').aftership?.subtag).toBe('Delivered_003');
    expect(foreignWordsOfScan('import_customs_out', undefined).seventeenTrack).toEqual({
      status: 'InTransit',
      subStatus: 'InTransit_CustomsReleased',
    });
    expect(foreignWordsOfScan('unmapped', undefined)).toEqual({
      aftership: undefined,
      seventeenTrack: undefined,
      easypost: { status: 'unknown', statusDetail: 'unknown' },
      shippo: { status: 'UNKNOWN', substatus: 'other' },
    });
  });
});
