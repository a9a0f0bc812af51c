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
const TRACK17 = new Set(
  'NotFound InfoReceived InTransit Expired AvailableForPickup OutForDelivery DeliveryFailure Delivered Exception'.split(
    ' ',
  ),
);
const AFTERSHIP = new Set(
  'Pending InfoReceived InTransit OutForDelivery AvailableForPickup AttemptFail Delivered Exception Expired'.split(
    ' ',
  ),
);
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
      if (aftership !== undefined) {
        expect(AFTERSHIP.has(aftership.tag), key).toBe(true);
        expect(aftership.subtag, key).toMatch(/^[A-Za-z]+_0(?:0[1-9]|1\d)$/);
      }
      if (seventeenTrack !== undefined) {
        expect(TRACK17.has(seventeenTrack.status), key).toBe(true);
        expect(seventeenTrack.subStatus.startsWith(seventeenTrack.status), key).toBe(true);
      }
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
      'aftership cancelled',
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

  it('of a scan are those of what it means', () => {
    expect(foreignWordsOfScan('at_point', 'available_for_pickup.locker').aftership).toEqual({
      tag: 'AvailableForPickup',
      subtag: 'AvailableForPickup_001',
    });
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
