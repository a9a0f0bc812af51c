import type { Catalogue, CountryCode, Id, Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';

export type ExternalShipmentId = Id<'ext'>;

/** A carrier that stands in no registry; it needs a tracking site. */
export const OTHER_CARRIER = 'other';

export const SEND_TYPES = ['all', 'part'] as const;
export type SendType = (typeof SEND_TYPES)[number];

export const EXTERNAL_STATES = ['declared', 'withdrawn'] as const;
export type ExternalState = (typeof EXTERNAL_STATES)[number];

/** `own`: the number leads to a parcel of the merchant's. `shared`: it is in use elsewhere, and shows nothing. */
export const HOLDS = ['own', 'shared'] as const;
export type Hold = (typeof HOLDS)[number];

/** What a merchant says of a parcel that he sent by a carrier of his own choice. */
export type Declared = {
  readonly carrierCode: string;
  /** Normalised. */
  readonly number: string;
  readonly trackingSite: string | undefined;
  readonly serviceName: string | undefined;
  readonly description: string | undefined;
  readonly shippedAt: Instant | undefined;
  readonly shipFromCountry: CountryCode | undefined;
  /** What the parcel weighs, packed. */
  readonly weightGrams: number | undefined;
};

export type ExternalShipment = Declared & {
  readonly id: ExternalShipmentId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly orderId: OrderId;
  readonly orderReference: string;
  readonly version: number;
  readonly state: ExternalState;
  /** `all`: with it everything of the order is on its way. */
  readonly sendType: SendType;
  /** Absent until tracking has answered. */
  readonly hold: Hold | undefined;
  readonly parcelRef: ParcelId;
  readonly parcelId: ParcelId | undefined;
  readonly trackingStatus: string | undefined;
  /** Its parcel is in a terminal state. */
  readonly isClosed: boolean;
  readonly firstScanAt: Instant | undefined;
  readonly deliveredAt: Instant | undefined;
  readonly declaredAt: Instant;
  readonly numberDeclaredAt: Instant;
  readonly changedAt: Instant;
  readonly withdrawnAt: Instant | undefined;
  readonly withdrawalReason: string | undefined;
  /** The case that looks into it, and where that stands; absent until its judge has told. */
  readonly verificationId: string | undefined;
  readonly verificationState: string | undefined;
};

/** A pair of carrier and number that was declared before. */
export type ReplacedNumber = {
  readonly carrierCode: string;
  readonly number: string;
  readonly declaredAt: Instant;
  readonly replacedAt: Instant;
  /** First recognised scan that it had when it was replaced. */
  readonly firstScanAt: Instant | undefined;
  readonly reason: string;
};

export const EXTERNAL_ERRORS = {
  external_order_unknown: {
    status: 422,
    title: 'There is no such order of yours',
    advice: 'Name it by its id or your reference; bring orders in with POST /v1/orders first.',
  },
  external_order_closed: {
    status: 422,
    title: 'Nothing more is shipped for this order',
    advice: 'It is cancelled, or a shipment of the network brings it. Cancel that one, or reopen the order.',
  },
  external_carrier_unknown: {
    status: 422,
    title: 'This carrier is not in the registry',
    advice: 'Take a code of GET /v1/carriers, or "other" with the address of its tracking site.',
  },
  external_number_unreadable: {
    status: 422,
    title: 'This is no tracking number',
    advice: 'A number has 4 to 40 letters and digits. One whose check digit fails is taken, and looked into.',
  },
  declarations_suspended: {
    status: 422,
    title: 'Your organisation may declare nothing for now',
    advice:
      'Its penalty points are too many: GET /v1/penalty-points says until when, and which can be appealed. One mistyped character or the wrong carrier of what was declared before can still be put right until a carrier has seen the number or somebody has decided on it.',
  },
  external_state_conflict: {
    status: 409,
    title: 'The declaration was withdrawn',
    advice: 'Declare the shipment anew.',
  },
  external_declared_otherwise: {
    status: 409,
    title: 'This number is declared for the order, with other details',
    advice:
      'Nothing was changed. Correct the declaration that stands, with a reason: PATCH /v1/external-shipments/{external_shipment_id}. What it says of the rest of the order (send_type) is said anew by withdrawing it and declaring again.',
  },
  external_number_corrected: {
    status: 409,
    title: 'This number was declared for the order and has been corrected since',
    advice:
      'Nothing was declared: a correction outlives the file or program that knows only the number before. Was the correction wrong, correct it back: PATCH /v1/external-shipments/{external_shipment_id}. Is it the number of one more parcel of the order, declare it with despite_correction (POST /v1/external-shipments); a file cannot say so, because it would say it each time.',
  },
  external_correction_limit: {
    status: 422,
    title: 'This declaration was corrected too often',
    advice: 'Withdraw it and declare the shipment anew; a number may be corrected 5 times.',
  },
  external_file_unreadable: {
    status: 422,
    title: 'The file is no table of shipments that we know',
    advice: 'Send CSV in UTF-8 with the header of docs/external-shipments-csv.md.',
  },
  external_file_too_large: {
    status: 413,
    title: 'The file has too many rows',
    advice: 'Send at most 5,000 rows at a time.',
  },
} as const satisfies Catalogue;
export type ExternalErrorCode = keyof typeof EXTERNAL_ERRORS;
