import { MILESTONE_NAMES } from './milestones.policy.ts';
import type { Milestone, ParcelSubstatus } from './model.ts';

/** What a source's code means to us. An unknown code means nothing: it is never given a default. */
export type CodeMeaning = {
  readonly milestone: Milestone | 'unmapped';
  readonly substatus?: ParcelSubstatus;
};

export type CodeTableName = 'native' | 'cainiao' | 'taobao_open' | 'qimen' | 'emsevt' | 'epcis';

/** The code to store for a correction that only withdraws its target; it has no meaning on purpose. */
export const WITHDRAWAL_CODE = 'withdrawn';

type Row = readonly [code: string, milestone: Milestone, substatus?: ParcelSubstatus];

/** Our own codes: every milestone by its name, and the details that name one milestone without doubt. */
const NATIVE_DETAILS: readonly Row[] = [
  ['delivery_attempted.recipient_absent', 'delivery_attempted', 'delivery_attempted.recipient_absent'],
  ['delivery_attempted.business_closed', 'delivery_attempted', 'delivery_attempted.business_closed'],
  ['delivery_attempted.address_problem', 'delivery_attempted', 'delivery_attempted.address_problem'],
  ['delivered.signed', 'delivered', 'delivered.signed'],
  ['delivered.collected', 'delivered', 'delivered.collected'],
  ['delivered.proxy_or_neighbour', 'delivered', 'delivered.proxy_or_neighbour'],
  ['delivered.locker_collected', 'delivered', 'delivered.locker_collected'],
  ['delivered.cod_collected', 'delivered', 'delivered.cod_collected'],
  ['delivered.safe_place', 'delivered', 'delivered.safe_place'],
  ['at_point.outlet', 'at_point', 'available_for_pickup.outlet'],
  ['at_point.locker', 'at_point', 'available_for_pickup.locker'],
  ['out_for_delivery.appointment', 'out_for_delivery', 'out_for_delivery.appointment'],
  ['in_transit_local.arrived_facility', 'in_transit_local', 'in_transit.arrived_facility'],
  ['in_transit_local.departed_facility', 'in_transit_local', 'in_transit.departed_facility'],
  ['exception.delayed', 'exception', 'exception.delayed'],
  ['exception.delayed_weather', 'exception', 'exception.delayed_weather'],
  ['exception.delayed_carrier', 'exception', 'exception.delayed_carrier'],
  ['exception.delayed_external', 'exception', 'exception.delayed_external'],
  ['exception.payment_due', 'exception', 'exception.payment_due'],
  ['exception.held_at_facility', 'exception', 'exception.held_at_facility'],
  ['exception.missorted', 'exception', 'exception.missorted'],
  ['exception.unclaimed', 'exception', 'exception.unclaimed'],
  ['exception.rejected_by_carrier', 'exception', 'exception.rejected_by_carrier'],
  ['exception.import_terminated', 'exception', 'exception.import_terminated'],
  ['exception.intercepted', 'exception', 'exception.intercepted'],
];

/**
 * Cainiao: the numeric codes of its mailing gateway (domain 6.3, V:GG) and the action codes of its cross-border
 * network (column of our tracking status model). 475 covers every customs step of both countries, so it says no more
 * than "in customs". 470-473 (accepted abroad, warehouses) have no verified meaning and stay unmapped.
 */
const CAINIAO: readonly Row[] = [
  ['0', 'order_created'],
  ['100', 'warehouse_accepted'],
  ['150', 'warehouse_processing'],
  ['200', 'warehouse_outbound'],
  ['300', 'dispatch_declared'],
  ['400', 'picked_up'],
  ['430', 'linehaul'],
  ['474', 'departed_origin'],
  ['475', 'customs_processing'],
  ['500', 'in_transit_local'],
  ['600', 'out_for_delivery'],
  ['700', 'exception'],
  ['800', 'refused'],
  ['900', 'at_point'],
  ['901', 'at_point'],
  ['950', 'delivered', 'delivered.proxy_or_neighbour'],
  ['1000', 'delivered', 'delivered.signed'],
  ['1100', 'redirected'],
  ['1200', 'returned'],
  ['PRE_READY_TO_SHIP', 'order_created'],
  ['GWMS_ACCEPT', 'warehouse_accepted'],
  ['GWMS_PACKAGE', 'warehouse_processing'],
  ['GWMS_OUTBOUND', 'warehouse_outbound'],
  ['CW_OUTBOUND', 'warehouse_outbound'],
  ['PU_PICKUP_SUCCESS', 'picked_up'],
  ['SC_INBOUND_SUCCESS', 'warehouse_received'],
  ['SC_OUTBOUND_SUCCESS', 'warehouse_outbound', 'in_transit.departed_facility'],
  ['CC_EX_START', 'export_customs_in'],
  ['CC_EX_SUCCESS', 'export_customs_out'],
  ['LH_HO_IN_SUCCESS', 'linehaul'],
  ['LH_HO_AIRLINE', 'linehaul'],
  ['LH_DEPART', 'departed_origin'],
  ['LH_ARRIVE', 'arrived_destination'],
  ['CC_HO_IN_SUCCESS', 'import_customs_in'],
  ['CC_IM_START', 'import_customs_in'],
  ['CC_IM_SUCCESS', 'import_customs_out'],
  ['CC_HO_OUT_SUCCESS', 'import_customs_out'],
  ['GTMS_ACCEPT', 'handed_to_last_mile'],
  ['GTMS_SC_ARRIVE', 'in_transit_local', 'in_transit.arrived_facility'],
  ['GTMS_SC_DEPART', 'in_transit_local', 'in_transit.departed_facility'],
  ['GTMS_DO_DEPART', 'out_for_delivery'],
  ['GTMS_STA_SIGNED', 'at_point', 'available_for_pickup.outlet'],
  ['GTMS_WAIT_SELF_PICK', 'at_point'],
  ['GSTA_INFORM_BUYER', 'at_point'],
  ['GTMS_STA_SIGN_FAILURE', 'delivery_attempted'],
  ['GTMS_SIGNED', 'delivered'],
  ['EXCEPTION', 'exception'],
];

/** Actions of the Taobao Open Platform trade trace (domain 6.3, V:TOP-T). */
const TAOBAO_OPEN: readonly Row[] = [
  ['SENDING', 'dispatch_declared'],
  ['ACCEPT', 'picked_up'],
  ['PICK_UP', 'picked_up'],
  ['TRANSPORT', 'in_transit_local'],
  ['DELIVERING', 'out_for_delivery'],
  ['FAILED', 'exception'],
  ['REJECTED_BY_RECEIVER', 'refused'],
  ['SIGN', 'delivered', 'delivered.signed'],
];

/** Qimen warehouse process states (domain 6.3). DELIVERED there means: left the warehouse. */
const QIMEN: readonly Row[] = [
  ['ACCEPT', 'warehouse_accepted'],
  ['PICK', 'warehouse_processing'],
  ['CHECK', 'warehouse_processing'],
  ['PACKAGE', 'warehouse_processing'],
  ['WEIGH', 'warehouse_processing'],
  ['READY', 'warehouse_processing'],
  ['DELIVERED', 'warehouse_outbound'],
];

/** UPU EMSEVT V3 item events (domain 4.2 and 6.3; details from our tracking status model). */
const EMSEVT: readonly Row[] = [
  ['EMA', 'picked_up'],
  ['EMB', 'linehaul', 'in_transit.arrived_facility'],
  ['EXA', 'export_customs_in'],
  ['EXB', 'export_customs_held'],
  ['EXC', 'export_customs_out'],
  ['EXD', 'exception', 'exception.held_at_facility'],
  ['EXX', 'cancelled'],
  ['EMC', 'departed_origin'],
  ['EMJ', 'transit_arrived'],
  ['EMK', 'transit_departed'],
  ['EMD', 'arrived_destination'],
  ['EDA', 'exception', 'exception.held_at_facility'],
  ['EDB', 'import_customs_in'],
  ['EME', 'import_customs_held'],
  ['EDC', 'import_customs_out'],
  ['EMF', 'handed_to_last_mile'],
  ['EDX', 'exception', 'exception.import_terminated'],
  ['EDD', 'in_transit_local', 'in_transit.arrived_facility'],
  ['EDE', 'in_transit_local', 'in_transit.departed_facility'],
  ['EMG', 'arrived_delivery_depot'],
  ['EDF', 'exception', 'exception.held_at_facility'],
  ['EDG', 'out_for_delivery'],
  ['EDH', 'at_point'],
  ['EMH', 'delivery_attempted'],
  ['EMI', 'delivered'],
];

/**
 * GS1 EPCIS 2.0: `epcis:{business step}:{disposition}` in bare words of CBV 2.0 (column of our tracking status model).
 * The vocabulary does not say whose customs inspect, and `receiving` is said by every hub as by a recipient: what could
 * be two things stays unmapped.
 */
const EPCIS: readonly Row[] = [
  ['epcis:commissioning:active', 'order_created'],
  ['epcis:packing:container_closed', 'warehouse_processing'],
  ['epcis:accepting:in_progress', 'picked_up'],
  ['epcis:shipping:in_transit', 'warehouse_outbound'],
  ['epcis:arriving:in_progress', 'in_transit_local', 'in_transit.arrived_facility'],
  ['epcis:departing:in_transit', 'in_transit_local', 'in_transit.departed_facility'],
  ['epcis:transporting:in_transit', 'in_transit_local'],
  ['epcis:holding:available', 'at_point'],
  ['epcis:holding:non_conformant', 'exception', 'exception.held_at_facility'],
  ['epcis:inspecting:damaged', 'damaged'],
  ['epcis:destroying:destroyed', 'disposed'],
  ['epcis:shipping:returned', 'returning'],
  ['epcis:receiving:returned', 'returned'],
  ['epcis:void_shipping:', 'cancelled'],
];

const NATIVE: readonly Row[] = [...MILESTONE_NAMES.map((name) => [name, name] as const), ...NATIVE_DETAILS];

const TABLES: Readonly<Record<CodeTableName, ReadonlyMap<string, CodeMeaning>>> = {
  native: table(NATIVE),
  cainiao: table(CAINIAO),
  taobao_open: table(TAOBAO_OPEN),
  qimen: table(QIMEN),
  emsevt: table(EMSEVT),
  epcis: table(EPCIS),
};

export const UNMAPPED: CodeMeaning = { milestone: 'unmapped' };

/** The meaning of `code` (exact, case-sensitive) in a table; `unmapped` when the table does not know it. */
export function meaningOf(name: CodeTableName, code: string): CodeMeaning {
  return TABLES[name].get(code) ?? UNMAPPED;
}

/** All codes a table knows. */
export function codesOf(name: CodeTableName): readonly string[] {
  return [...TABLES[name].keys()];
}

function table(rows: readonly Row[]): ReadonlyMap<string, CodeMeaning> {
  const meanings = new Map<string, CodeMeaning>();
  for (const [code, milestone, substatus] of rows) {
    if (meanings.has(code)) throw new Error(`code ${code} stands twice in a table`);
    meanings.set(code, substatus === undefined ? { milestone } : { milestone, substatus });
  }
  return meanings;
}
