// What counters, marketplaces and recipients read of a parcel that waits at a point, as the scenarios need it.
import type { Client } from '../setup/network.ts';

export type Opened = { id: string; key: string; client: Client };
export type Shelf = {
  id: string;
  state: string;
  place?: string;
  parcel_id?: string;
  return_at?: string;
  recipient_name?: string;
  recipient_phone?: string;
  fee_due?: { amount_minor: number };
  cash_on_delivery?: object;
  cash_paid_by?: string;
  exception?: string;
  wrong_tries: number;
  steps?: { fact: string; occurred_at: string; detail?: { device_time?: string } }[];
};
export type Batch = {
  created: number;
  existing: number;
  refused: number;
  results: { outcome: string; shelf_parcel_id?: string; error?: { code: string } }[];
};
export type Waiting = {
  parcels: {
    id: string;
    code?: string;
    state: string;
    can_extend: boolean;
    point: { name: string };
    friends: { id: string; state: string }[];
  }[];
};
export type Sync = { results: { client_id: string; outcome: string; conflict?: string }[] };
