import type {
  Catalogue,
  CountryCode,
  Dimensions,
  Id,
  Instant,
  Money,
  OfferId,
  OrganisationId,
  ParcelId,
  PartyRef,
  ShipmentId,
  WaybillId,
} from '../kernel/index.ts';

/**
 * States of the online logistics order. Source: AliExpress open API (domain reference 2.2 and 12); the name in
 * brackets is the real one. `inbound_ok` leads to `wait_send` in the same command.
 */
export const SHIPMENT_STATES = [
  'wait_receive', // [wait_warehouse_receive_goods]: paid, numbered, waiting to be collected or dropped off
  'picked_up', // [pickup_success]
  'pickup_failed', // [pickup_fail]
  'inbound_rejected', // [warehouse_reject_goods]
  'wait_send', // [wait_warehouse_send_goods]: accepted, weighed and measured
  'outbound_failed', // [out_stock_fail]
  'outbound_ok', // [out_stock_success]: freight is charged here
  'sent', // [warehouse_send_goods_success]: with the carrier
  'in_transit',
  'delivered',
  'returned',
  'destroyed',
  'lost',
  'cancelled',
  'closed', // came back before departure: nothing is charged
] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

export const FINAL_STATES: ReadonlySet<ShipmentState> = new Set([
  'delivered',
  'returned',
  'destroyed',
  'lost',
  'cancelled',
  'closed',
]);

export const HANDOVER_KINDS = ['door_pickup', 'drop_off', 'self_post'] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

/** Freight payment of domain reference 12, as far as the shipment knows it; the ledger has the transfers. */
/** `lapsed`: the hold ended by its time before the parcel left; leaving then needs the payers' available funds. */
export type FreightState = 'reserved' | 'lapsed' | 'charged' | 'arrears' | 'released';

/** Why a warehouse turns a parcel away. Source: inbound checks of domain reference 2.3 (4). */
export const INBOUND_REJECTIONS = [
  'label_unreadable',
  'label_mismatch',
  'over_limits',
  'prohibited_goods',
  'battery_undeclared',
  'packaging_damaged',
  'security_check_failed',
] as const;
export type InboundRejection = (typeof INBOUND_REJECTIONS)[number];

export const OUTBOUND_FAILURES = [
  'security_check_failed',
  'customs_data_refused',
  'damaged_in_warehouse',
  'missing_in_warehouse',
] as const;
export type OutboundFailure = (typeof OUTBOUND_FAILURES)[number];

/** A place as far as everybody may know it: no street, no name. */
export type CoarsePlace = {
  readonly country: CountryCode;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
};

/**
 * Goods as declared. Ranges are AliExpress's verified ones (domain reference 2.1): quantity 1-999, value
 * 0.01-10,000.00 of the currency, weight 1 g to the line's limit.
 */
export type DeclaredItem = {
  readonly descriptionEn: string;
  readonly descriptionCn?: string | undefined;
  readonly quantity: number;
  readonly unitValue: Money;
  readonly unitWeightGrams: number;
  readonly hs6?: string | undefined;
  readonly originCountry?: CountryCode | undefined;
  readonly goodsClass: string;
  readonly sku?: string | undefined;
};

/** One priced line of a freight charge. */
export type FreightLine = { readonly type: string; readonly label: string; readonly amount: Money };

export type ShipmentParcel = {
  readonly id: ParcelId;
  readonly index: number;
  readonly waybillId: WaybillId;
  readonly number: string;
  readonly weightGrams: number;
  readonly size: Dimensions | undefined;
  /** By the first warehouse. */
  readonly measured:
    | {
        readonly weightGrams: number;
        readonly size: Dimensions | undefined;
        readonly evidence: string | undefined;
      }
    | undefined;
};

export type Shipment = {
  readonly id: ShipmentId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly version: number;
  readonly state: ShipmentState;
  readonly orderRef: string;
  readonly offerId: OfferId;
  readonly lineCode: string;
  readonly carrierCode: string;
  readonly carrierId: OrganisationId;
  readonly warehouseId: OrganisationId;
  readonly handover: HandoverKind;
  readonly undeliverable: 'return' | 'destroy';
  readonly senderRef: PartyRef;
  readonly recipientRef: PartyRef;
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  readonly goods: readonly DeclaredItem[];
  readonly parcels: readonly ShipmentParcel[];
  readonly incoterm: 'DDP' | 'DAP' | undefined;
  readonly orderAmount: Money | undefined;
  /** Collected at the door for the merchant. */
  readonly cashOnDelivery: Money | undefined;
  readonly insuredAmount: Money | undefined;
  readonly quoted: {
    readonly lines: readonly FreightLine[];
    readonly total: Money;
    /** Version of the line that priced it, and by which it is charged; absent before lines had versions. */
    readonly lineVersion?: number | undefined;
    /** A programme of the marketplace that pays its part, fixed at the purchase. */
    readonly programme?: { readonly programmeId: string; readonly pays: Money } | undefined;
  };
  readonly charged: { readonly lines: readonly FreightLine[]; readonly total: Money } | undefined;
  readonly freight: FreightState;
  readonly holdSetId: Id<'hst'> | undefined;
  readonly promise: {
    readonly kind: 'ESTIMATE' | 'PROMISE';
    readonly earliest: Instant;
    readonly latest: Instant;
  };
  readonly acknowledgement: 'pending' | 'accepted' | 'refused';
  readonly reason: string | undefined;
  readonly synthetic: boolean;
  readonly purchasedAt: Instant;
  readonly changedAt: Instant;
};

export const SHIPMENT_ERRORS = {
  freight_unpaid: {
    status: 422,
    title: 'The freight is not paid',
    advice:
      'The hold on the freight lapsed and the available funds do not cover it. Top up the wallet of each payer, then repeat.',
  },
  offer_expired: {
    status: 422,
    title: 'This offer is too old',
    advice: 'Ask for offers again and buy one of those.',
  },
  offer_not_found: {
    status: 422,
    title: 'There is no such offer for you',
    advice: "Use offer_id from POST /v1/offers of the same key's organisation.",
  },
  offer_used: {
    status: 409,
    title: 'This offer was bought already',
    advice: 'Ask for offers again for another shipment.',
  },
  address_differs_from_offer: {
    status: 422,
    title: 'The address is not the one that was offered for',
    advice: 'Country, and postcode where the price depends on it, must be those of the offer.',
  },
  handover_not_offered: {
    status: 422,
    title: 'This line does not take parcels that way',
    advice: 'Choose one of handover_choices of the offer.',
  },
  goods_differ_from_offer: {
    status: 422,
    title: 'The goods are not those that were offered for',
    advice: 'Classes of goods must be among those of the offer request.',
  },
  state_conflict: {
    status: 409,
    title: 'The shipment is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  shipment_intercepted: {
    status: 409,
    title: 'An interception stops this shipment',
    advice:
      'Set its parcels aside. They go on when the carrier refused or failed, when its recipient changed, or when the merchant calls it off.',
  },
  carrier_not_ready: {
    status: 422,
    title: 'No organisation works as this carrier here',
    advice: 'Choose another line.',
  },
  measurement_missing: {
    status: 422,
    title: 'Every parcel must be measured',
    advice: 'Give weight_grams for each parcel of the shipment.',
  },
  occurred_in_future: {
    status: 422,
    title: 'This lies in the future',
    advice: 'Give an occurred_at that is not after the present.',
  },
  synthetic_in_live: {
    status: 422,
    title: 'Only the test world takes synthetic events',
    advice: 'Leave synthetic out.',
  },
} as const satisfies Catalogue;
export type ShipmentErrorCode = keyof typeof SHIPMENT_ERRORS;
