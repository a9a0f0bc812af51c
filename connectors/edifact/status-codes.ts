import {
  meaningOf,
  type ParcelSubstatus,
  type ReadMeaning,
} from '../../network/tracking/connector-contract.ts';
import { type CodeRow, codeTable } from '../reading/index.ts';

/** Whose list a status code is of. */
export type StatusList = 'un_9011' | 'emsevt' | 'ups' | 'unknown';

/**
 * UN/EDIFACT D.96A, data element 9011 "Status event, coded", as transport uses it (the list lives on as UN/ECE
 * Recommendation 24). 12 is cleared by customs, of which country
 * it does not say, so it is read as customs alone. Left out on purpose: 44 stands for re-forwarding and for
 * mis-sorting, 17 for being held by customs of either country.
 */
const UN_9011: readonly CodeRow[] = [
  ['1', 'in_transit_local', 'in_transit.arrived_facility'],
  ['6', 'order_created'],
  ['7', 'cancelled'],
  ['8', 'import_customs_out'],
  ['9', 'export_customs_out'],
  ['12', 'customs_processing'],
  ['13', 'picked_up'],
  ['16', 'arrived_destination'],
  ['18', 'damaged'],
  ['20', 'exception', 'exception.delayed'],
  ['21', 'delivered'],
  ['22', 'delivered'],
  ['23', 'delivery_attempted'],
  ['24', 'in_transit_local', 'in_transit.departed_facility'],
  ['25', 'exception', 'exception.delayed'],
  ['27', 'warehouse_outbound'],
  ['31', 'out_for_delivery'],
  ['41', 'linehaul'],
  ['42', 'linehaul'],
  ['43', 'handed_to_last_mile'],
  ['45', 'at_point'],
  ['49', 'lost'],
  ['55', 'exception', 'exception.unclaimed'],
  ['56', 'delivery_attempted'],
  ['57', 'exception', 'exception.rejected_by_carrier'],
  ['68', 'order_created'],
  ['71', 'warehouse_processing'],
  ['74', 'picked_up'],
  ['76', 'redirected'],
  ['77', 'refused'],
  ['78', 'resumed'],
  ['80', 'returning'],
  ['81', 'disposed'],
  ['82', 'returned'],
  ['87', 'exception', 'exception.missorted'],
  ['90', 'exception', 'exception.held_at_facility'],
  ['91', 'exception', 'exception.held_at_facility'],
  ['100', 'in_transit_local'],
  ['101', 'exception', 'exception.delayed'],
];

/**
 * UPS Quantum View data in IFTSTA D.07B: the kind of record stands in C601 where the directory has a code list. D2 is
 * the record with the signer, E1 that with reason and resolution. The numbers behind them have no public list.
 */
const UPS: readonly CodeRow[] = [
  ['D2', 'delivered'],
  ['E1', 'exception'],
];

/** Details of a failed delivery by data element 9013 "Status reason, coded" (UN/EDIFACT D.98A). */
const REASONS_OF_ATTEMPT: Readonly<Record<string, ParcelSubstatus>> = {
  '6': 'delivery_attempted.recipient_absent',
  '7': 'delivery_attempted.business_closed',
  '9': 'delivery_attempted.address_problem',
  '30': 'delivery_attempted.address_problem',
  '49': 'delivery_attempted.refused',
};
/** Details of trouble, whatever is said of it besides: charges are due before delivery. */
const REASONS_OF_TROUBLE: Readonly<Record<string, ParcelSubstatus>> = { '46': 'exception.payment_due' };
/** Details of a delay that has none: breakdowns, strikes, the wrong route, the weather. */
const REASONS_OF_DELAY: Readonly<Record<string, ParcelSubstatus>> = {
  '20': 'exception.delayed_external',
  '23': 'exception.delayed_carrier',
  '31': 'exception.delayed_external',
  '35': 'exception.delayed_carrier',
  '53': 'exception.missorted',
  '63': 'exception.delayed_weather',
};

/** The tables of this room; that of EMSEVT stands with the posts' other scans. */
export const STATUS_TABLES = {
  un_9011: codeTable({ source: 'UN/EDIFACT D.96A, code list of data element 9011', rows: UN_9011 }),
  ups: codeTable({ source: 'UPS Quantum View data in IFTSTA D.07B: kinds of record', rows: UPS }),
} as const;

/** What a status code of a list means with its reasons; `unmapped` for a code or list that is not known. */
export function statusMeaning(list: StatusList, code: string, reasons: readonly string[]): ReadMeaning {
  if (list === 'unknown') return { milestone: 'unmapped' };
  if (list === 'emsevt') return meaningOf('emsevt', code);
  // UPS: category, kind of record, number.
  const meaning = STATUS_TABLES[list].meaningOf(list === 'ups' ? code.split(':')[1] : code);
  if (list !== 'un_9011') return meaning;
  const substatus = detailOf(meaning, reasons);
  return substatus === undefined ? meaning : { ...meaning, substatus };
}

/** What the first reason that we know adds. */
function detailOf(
  { milestone, substatus }: ReadMeaning,
  reasons: readonly string[],
): ParcelSubstatus | undefined {
  const known = (table: Readonly<Record<string, ParcelSubstatus>>) => {
    const reason = reasons.find((one) => Object.hasOwn(table, one));
    return reason === undefined ? undefined : table[reason];
  };
  if (milestone === 'delivery_attempted') return known(REASONS_OF_ATTEMPT);
  if (milestone !== 'exception') return undefined;
  const ofDelay = substatus === 'exception.delayed' ? known(REASONS_OF_DELAY) : undefined;
  return known(REASONS_OF_TROUBLE) ?? ofDelay;
}

/** Data element 3055, agencies that keep a list: 6 UN/ECE (Recommendation 24), 139 Universal Postal Union. */
const LIST_OF_AGENCY: Readonly<Record<string, StatusList>> = { '6': 'un_9011', '139': 'emsevt' };

/**
 * Whose list the code of C555 is: that of the agency it names, else by the directory. Until D.99 data element 9011
 * has one list for all; from D.00 on 4405 has none for transport and senders write their own.
 */
export function listOf(agency: string, messageType: string, release: string, sender: Sender): StatusList {
  const named = Object.hasOwn(LIST_OF_AGENCY, agency) ? LIST_OF_AGENCY[agency] : undefined;
  if (named !== undefined) return named;
  if (messageType === 'EMSEVT') return 'emsevt';
  if (/^9\d[AB]$/.test(release)) return 'un_9011';
  return ownListOf(sender);
}

export type Sender = { readonly id: string; readonly qualifier: string };

/** Lists of single senders, by how they sign UNB. */
export function ownListOf({ id, qualifier }: Sender): StatusList {
  return qualifier === 'UPS' || id === 'UPS' ? 'ups' : 'unknown';
}
