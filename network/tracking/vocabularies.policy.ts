import { MILESTONES, substatusAfter } from './milestones.policy.ts';
import type { Milestone, ParcelStatus, ParcelSubstatus } from './model.ts';

/**
 * Our statuses in the words of four tracking services, for systems that speak one of them. Sources: AfterShip
 * "Delivery sub-statuses"; 17TRACK API v2.2 "latest_status"; EasyPost "Tracker" status and status_detail; Shippo
 * "Tracking status and substatus". A service that has no word for a state is said to have none (`undefined`): the
 * nearest word would be another statement. Where it only lacks the detail its general word is used.
 */
export type ForeignWords = {
  readonly aftership: { readonly tag: string; readonly subtag: string } | undefined;
  readonly seventeenTrack: { readonly status: string; readonly subStatus: string } | undefined;
  readonly easypost: { readonly status: string; readonly statusDetail: string } | undefined;
  readonly shippo: { readonly status: string; readonly substatus: string } | undefined;
};

type Key = ParcelStatus | ParcelSubstatus;
/** AfterShip subtag, 17TRACK sub-status, EasyPost `status/detail`, Shippo `STATUS/substatus`. */
type Row = readonly [
  aftership: string | undefined,
  seventeenTrack: string | undefined,
  easypost: string | undefined,
  shippo: string | undefined,
];

const HELD: Row = ['Exception_001', 'Exception_Other', 'in_transit/held', 'TRANSIT/package_held'];
const TURNED_AWAY: Row = [
  'Exception_009',
  'DeliveryFailure_Security',
  'failure/failure',
  'FAILURE/package_undeliverable',
];
const DELIVERED = 'delivered/arrived_at_destination';
const ATTEMPT = 'failure/delivery_exception';

/** One row for every status and substatus there is: a missing one does not compile. */
const ROWS: Readonly<Record<Key, Row>> = {
  unknown: [undefined, undefined, 'unknown/unknown', 'UNKNOWN/other'],
  not_found: ['Pending_001', 'NotFound_Other', 'unknown/unknown', 'UNKNOWN/other'],
  'not_found.invalid_number': [undefined, 'NotFound_InvalidCode', 'error/unknown', 'UNKNOWN/other'],
  info_received: [
    'InfoReceived_001',
    'InfoReceived',
    'pre_transit/label_created',
    'PRE_TRANSIT/information_received',
  ],
  'info_received.packed': [
    'InfoReceived_001',
    'InfoReceived',
    'pre_transit/label_created',
    'PRE_TRANSIT/information_received',
  ],
  picked_up: [
    'InTransit_002',
    'InTransit_PickedUp',
    'in_transit/received_at_origin_facility',
    'TRANSIT/package_accepted',
  ],

  in_transit: ['InTransit_001', 'InTransit_Other', 'in_transit/in_transit', 'TRANSIT/package_processing'],
  'in_transit.left_warehouse': [
    'InTransit_007',
    'InTransit_Other',
    'in_transit/departed_facility',
    'TRANSIT/package_departed',
  ],
  'in_transit.arrived_facility': [
    'InTransit_003',
    'InTransit_Other',
    'in_transit/arrived_at_facility',
    'TRANSIT/package_arrived',
  ],
  'in_transit.departed_facility': [
    'InTransit_007',
    'InTransit_Other',
    'in_transit/departed_facility',
    'TRANSIT/package_departed',
  ],
  'in_transit.customs_export_started': [
    'InTransit_006',
    'InTransit_CustomsProcessing',
    'in_transit/in_transit',
    'TRANSIT/package_processing',
  ],
  'in_transit.customs_export_cleared': [
    'InTransit_005',
    'InTransit_CustomsReleased',
    'in_transit/in_transit',
    'TRANSIT/package_processed',
  ],
  'in_transit.handed_to_linehaul': [
    'InTransit_001',
    'InTransit_Other',
    'in_transit/in_transit',
    'TRANSIT/package_processing',
  ],
  'in_transit.departed_origin_country': [
    'InTransit_007',
    'InTransit_Departure',
    'in_transit/departed_origin_facility',
    'TRANSIT/package_departed',
  ],
  'in_transit.arrived_transit_country': [
    'InTransit_003',
    'InTransit_Other',
    'in_transit/arrived_at_facility',
    'TRANSIT/package_arrived',
  ],
  'in_transit.departed_transit_country': [
    'InTransit_007',
    'InTransit_Other',
    'in_transit/departed_facility',
    'TRANSIT/package_departed',
  ],
  'in_transit.arrived_destination_country': [
    'InTransit_004',
    'InTransit_Arrival',
    'in_transit/arrived_at_facility',
    'TRANSIT/package_arrived',
  ],
  'in_transit.customs_import_started': [
    'InTransit_006',
    'InTransit_CustomsProcessing',
    'in_transit/in_transit',
    'TRANSIT/package_processing',
  ],
  'in_transit.customs_import_cleared': [
    'InTransit_005',
    'InTransit_CustomsReleased',
    'in_transit/in_transit',
    'TRANSIT/package_processed',
  ],
  'in_transit.handed_to_last_mile': [
    'InTransit_001',
    'InTransit_Other',
    'in_transit/transferred_to_destination_carrier',
    'TRANSIT/package_forwarded',
  ],
  'in_transit.arrived_delivery_depot': [
    'InTransit_003',
    'InTransit_Other',
    'in_transit/received_at_destination_facility',
    'TRANSIT/package_arrived',
  ],
  'in_transit.forwarded': [
    'InTransit_009',
    'InTransit_Other',
    'in_transit/in_transit',
    'TRANSIT/package_forwarded',
  ],
  'in_transit.resumed': [
    'InTransit_008',
    'InTransit_Other',
    'in_transit/in_transit',
    'TRANSIT/package_processing',
  ],

  out_for_delivery: [
    'OutForDelivery_001',
    'OutForDelivery_Other',
    'out_for_delivery/out_for_delivery',
    'TRANSIT/out_for_delivery',
  ],
  'out_for_delivery.appointment': [
    'OutForDelivery_004',
    'OutForDelivery_Other',
    'out_for_delivery/out_for_delivery',
    'TRANSIT/delivery_scheduled',
  ],
  available_for_pickup: [
    'AvailableForPickup_001',
    'AvailableForPickup_Other',
    'available_for_pickup/arrived_at_pickup_location',
    'TRANSIT/pickup_available',
  ],
  'available_for_pickup.outlet': [
    'AvailableForPickup_001',
    'AvailableForPickup_Other',
    'available_for_pickup/arrived_at_pickup_location',
    'TRANSIT/pickup_available',
  ],
  'available_for_pickup.locker': [
    'AvailableForPickup_001',
    'AvailableForPickup_Other',
    'available_for_pickup/arrived_at_pickup_location',
    'TRANSIT/pickup_available',
  ],
  delivery_attempted: ['AttemptFail_001', 'DeliveryFailure_Other', ATTEMPT, 'TRANSIT/delivery_attempted'],
  'delivery_attempted.recipient_absent': [
    'AttemptFail_002',
    'DeliveryFailure_NoBody',
    ATTEMPT,
    'TRANSIT/location_inaccessible',
  ],
  'delivery_attempted.business_closed': [
    'AttemptFail_003',
    'DeliveryFailure_NoBody',
    ATTEMPT,
    'TRANSIT/location_inaccessible',
  ],
  'delivery_attempted.address_problem': [
    'Exception_007',
    'DeliveryFailure_InvalidAddress',
    'failure/address_correction',
    'TRANSIT/address_issue',
  ],
  'delivery_attempted.refused': [
    'Exception_003',
    'DeliveryFailure_Rejected',
    'failure/refused',
    'FAILURE/package_undeliverable',
  ],

  delivered: ['Delivered_001', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.signed': ['Delivered_003', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.collected': ['Delivered_002', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.proxy_or_neighbour': ['Delivered_005', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.locker_collected': ['Delivered_002', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.cod_collected': ['Delivered_004', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],
  'delivered.safe_place': ['Delivered_001', 'Delivered_Other', DELIVERED, 'DELIVERED/delivered'],

  exception: ['Exception_001', 'Exception_Other', 'in_transit/transit_exception', 'TRANSIT/contact_carrier'],
  'exception.delayed': ['Exception_005', 'Exception_Delayed', 'in_transit/delayed', 'TRANSIT/delayed'],
  'exception.delayed_weather': [
    'Exception_017',
    'Exception_Delayed',
    'in_transit/weather_delay',
    'TRANSIT/delayed',
  ],
  'exception.delayed_carrier': [
    'Exception_016',
    'Exception_Delayed',
    'in_transit/delayed',
    'TRANSIT/delayed',
  ],
  'exception.delayed_external': [
    'Exception_005',
    'Exception_Delayed',
    'in_transit/delayed',
    'TRANSIT/delayed',
  ],
  'exception.customs_export_held': [
    'Exception_004',
    'InTransit_CustomsRequiringInformation',
    'in_transit/held',
    'TRANSIT/package_held',
  ],
  'exception.customs_import_held': [
    'Exception_004',
    'InTransit_CustomsRequiringInformation',
    'in_transit/held',
    'TRANSIT/package_held',
  ],
  'exception.payment_due': ['Exception_006', 'Exception_Other', 'in_transit/held', 'TRANSIT/contact_carrier'],
  'exception.held_at_facility': HELD,
  'exception.missorted': ['Exception_016', 'Exception_Other', 'in_transit/missorted', 'TRANSIT/delayed'],
  'exception.damaged': ['Exception_012', 'Exception_Damage', 'failure/damaged', 'TRANSIT/package_damaged'],
  'exception.lost': ['Exception_013', 'Exception_Lost', 'failure/lost', 'FAILURE/package_lost'],
  'exception.destroyed': [
    'Exception_021',
    'Exception_Destroyed',
    'failure/failure',
    'FAILURE/package_disposed',
  ],
  'exception.unclaimed': [
    'Exception_008',
    'Exception_NoBody',
    'failure/failure',
    'RETURNED/package_unclaimed',
  ],
  'exception.rejected_by_carrier': TURNED_AWAY,
  'exception.import_terminated': TURNED_AWAY,
  'exception.intercepted': TURNED_AWAY,

  returning: ['Exception_010', 'Exception_Returning', 'return_to_sender/return', 'RETURNED/return_to_sender'],
  returned: ['Exception_011', 'Exception_Returned', 'return_to_sender/return', 'RETURNED/return_to_sender'],
  // Shippo knows no cancelled parcel.
  cancelled: ['Exception_020', 'Exception_Cancel', 'cancelled/cancelled', undefined],
  expired: ['Expired_001', 'Expired_Other', 'unknown/expired', undefined],
};

/** Every detail there is. */
export const SUBSTATUSES = Object.keys(ROWS).filter((key) => key.includes('.')) as readonly ParcelSubstatus[];

/** All statuses and substatuses that there are. */
export const STATUS_KEYS = Object.keys(ROWS) as readonly Key[];

/** The words of the others for a status of ours; the substatus decides where there is one. */
export function foreignWords(status: ParcelStatus, substatus: ParcelSubstatus | undefined): ForeignWords {
  const [aftership, seventeenTrack, easypost, shippo] = ROWS[substatus ?? status];
  const easy = pairOf(easypost, '/');
  const ship = pairOf(shippo, '/');
  return {
    aftership: aftership === undefined ? undefined : { tag: headOf(aftership), subtag: aftership },
    seventeenTrack:
      seventeenTrack === undefined
        ? undefined
        : { status: headOf(seventeenTrack), subStatus: seventeenTrack },
    easypost: easy && { status: easy[0], statusDetail: easy[1] },
    shippo: ship && { status: ship[0], substatus: ship[1] },
  };
}

/** The words for one scan by itself. */
export function foreignWordsOfScan(
  milestone: Milestone | 'unmapped',
  told: ParcelSubstatus | undefined,
): ForeignWords {
  if (milestone === 'unmapped') return foreignWords('unknown', undefined);
  return foreignWords(MILESTONES[milestone].status, substatusAfter(milestone, told));
}

/** `InTransit_003` is of `InTransit`. */
function headOf(word: string): string {
  return word.split('_', 1)[0] ?? word;
}

function pairOf(words: string | undefined, separator: string): [string, string] | undefined {
  const [first, second] = words?.split(separator) ?? [];
  return first === undefined || second === undefined ? undefined : [first, second];
}
