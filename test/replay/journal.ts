import type { Order } from './orders.ts';

/** What the client did with one row and what the server acknowledged of it: the client's own memory, kept outside. */
export type Entry = {
  readonly order: Order;
  readonly merchantId: string;
  outcome: 'planned' | 'refused' | 'bought';
  /** Codes of the refusal of the Brazilian line. */
  refusalCodes: string[];
  /** The ends of the journey whose state contradicts the postcode, so that the purchase left the state out. */
  withoutDivision: string[];
  shipmentId: string;
  parcelId: string;
  waybillId: string;
  number: string;
  quotedMinor: number;
  labelId: string;
  /** Acknowledged steps, in order: acknowledged, inbound, outbound, dispatch, cancelled. */
  steps: string[];
  /** Acknowledged scans: id by what was reported. */
  scans: Map<string, string>;
  failure: string;
};

export type Merchant = {
  readonly sellerId: string;
  readonly id: string;
  readonly key: string;
  readonly walletId: string;
  readonly topUpId: string;
  readonly topUpMinor: number;
};

export type Journal = {
  readonly entries: readonly Entry[];
  readonly merchants: ReadonlyMap<string, Merchant>;
  readonly marketplace: { readonly id: string; readonly key: string };
  readonly operatorKey: string;
  readonly carrierKey: string;
  readonly carrierCode: string;
  readonly startedAtMs: number;
  endedAtMs: number;
};

export function newEntry(order: Order, merchantId: string): Entry {
  return {
    order,
    merchantId,
    outcome: 'planned',
    refusalCodes: [],
    withoutDivision: [],
    shipmentId: '',
    parcelId: '',
    waybillId: '',
    number: '',
    quotedMinor: 0,
    labelId: '',
    steps: [],
    scans: new Map(),
    failure: '',
  };
}
