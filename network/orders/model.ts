import type {
  Catalogue,
  Dimensions,
  Id,
  Instant,
  Money,
  OrganisationId,
  PartyRef,
  ShipmentId,
} from '../kernel/index.ts';
import type { CoarsePlace, DeclaredItem, HandoverKind } from '../shipments/index.ts';

export type OrderId = Id<'ord'>;
export type SenderAddressId = Id<'snd'>;

export const ORDER_STATES = [
  'open', // to be shipped
  'booked', // a shipment is bought; the goods are still with the merchant
  'shipped', // the goods left the merchant
  'delivered',
  'returned',
  'failed', // turned away, lost or destroyed: the merchant must act
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** How an order came in, where nobody said it. */
export const DEFAULT_CHANNEL = 'api';

export type OrderParcel = { readonly weightGrams: number; readonly size?: Dimensions | undefined };

/** What a merchant has sold and must ship. */
export type Order = {
  readonly id: OrderId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly version: number;
  readonly state: OrderState;
  /** The merchant's own; unique in his organisation. */
  readonly reference: string;
  readonly channel: string;
  readonly placedAt: Instant;
  readonly paidAt: Instant | undefined;
  readonly shipBy: Instant | undefined;
  /** The sender of this order; without one, the merchant's default sender address holds. */
  readonly senderRef: PartyRef | undefined;
  readonly from: CoarsePlace | undefined;
  readonly recipientRef: PartyRef;
  readonly to: CoarsePlace;
  readonly taxIdKinds: readonly string[];
  readonly goods: readonly DeclaredItem[];
  /** As the merchant packs it; without it, one parcel of the declared weights. */
  readonly parcels: readonly OrderParcel[] | undefined;
  readonly orderAmount: Money | undefined;
  readonly incoterm: 'DDP' | 'DAP' | undefined;
  readonly cashOnDelivery: Money | undefined;
  readonly insuredAmount: Money | undefined;
  readonly programmeId: Id<'prg'> | undefined;
  readonly handover: HandoverKind | undefined;
  readonly undeliverable: 'return' | 'destroy';
  readonly sealedNote: Uint8Array | undefined;
  readonly recordedAt: Instant;
  readonly changedAt: Instant;
};

export type OrderShipment = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly state: string;
};

export type SenderAddress = {
  readonly id: SenderAddressId;
  readonly organisationId: OrganisationId;
  readonly label: string;
  readonly partyRef: PartyRef;
  readonly place: CoarsePlace;
  readonly isDefault: boolean;
  readonly addedAt: Instant;
};

/** Which offer a bulk purchase takes where none is named. */
export const CHOICES = ['cheapest', 'fastest', 'best'] as const;
export type Choice = (typeof CHOICES)[number];

export const ORDER_ERRORS = {
  order_state_conflict: {
    status: 409,
    title: 'The order is not in a state for this',
    advice:
      'Read it; only open orders are edited, cancelled or bought for, and only cancelled ones reopened.',
  },
  sender_missing: {
    status: 422,
    title: 'Nobody knows where this order is shipped from',
    advice: 'Give the order a sender or sender_address_id, or add a default with POST /v1/sender-addresses.',
  },
  sender_address_unknown: {
    status: 422,
    title: 'There is no such sender address of yours',
    advice: 'Take an id of GET /v1/sender-addresses.',
  },
  sender_address_limit: {
    status: 422,
    title: 'There are too many sender addresses',
    advice: 'Remove one that is not used any more; 100 may stand at a time.',
  },
  no_line_fits: {
    status: 422,
    title: 'No line can carry this order as it was asked for',
    advice: 'Ask POST /v1/orders/offers for the reasons of every line, then mend the order.',
  },
  order_file_unreadable: {
    status: 422,
    title: 'The file is no table of orders that we know',
    advice: 'Send CSV in UTF-8 with a header of one of the dialects in docs/orders-csv.md.',
  },
  order_file_too_large: {
    status: 413,
    title: 'The file has too many rows',
    advice: 'Send at most 5,000 rows at a time.',
  },
} as const satisfies Catalogue;
export type OrderErrorCode = keyof typeof ORDER_ERRORS;
