export type Verdict = {
  /** How many things each rule looked at. */
  readonly checked: ReadonlyMap<string, number>;
  readonly breaks: readonly string[];
};
export type Judge = {
  check(rule: string, holds: boolean, what: () => string): void;
};
export type ShipmentSeen = {
  readonly id: string;
  readonly organisation_id: string;
  readonly state: string;
  readonly order_ref: string;
  readonly freight?: string;
  readonly acknowledgement: string;
  readonly synthetic: boolean;
  readonly quoted?: { readonly total: { readonly amount_minor: number } };
  readonly charged?: { readonly total: { readonly amount_minor: number } };
  readonly parcels: readonly { readonly id: string; readonly number: string; readonly waybill_id: string }[];
  readonly history?: readonly { readonly step: string; readonly synthetic: boolean }[];
};
