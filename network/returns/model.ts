import type {
  Id,
  Instant,
  Money,
  OrganisationId,
  ParcelId,
  PartyRef,
  PointId,
  WaybillId,
} from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';
import type { DoorVisit } from '../pickups/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';

export type ReturnId = Id<'ret'>;
export type ReturnPictureId = Id<'rpi'>;

/** `refund_only`: the buyer keeps the goods or never had them; he is compensated first. */
export const RETURN_KINDS = ['return', 'exchange', 'refund_only'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

/** States of the domain reference 12; the codes of the TOP and AE interfaces behind them stand in the README. */
export const RETURN_STATES = [
  'applied',
  'agreed',
  'routed',
  'code_issued',
  'accepted_at_point',
  'collected',
  'in_transit',
  'received',
  'screened',
  'refunded',
  'refused',
  'platform_intervention',
  'replacement_pending',
  'amend',
  'replacement_sent',
  'success',
  'refund_instead',
  'closed',
] as const;
export type StateName = (typeof RETURN_STATES)[number];

/** Who has to act for a case to go on; nobody once it has ended. */
export const WAITED_FOR = ['buyer', 'seller', 'point', 'platform'] as const;
export type WaitedFor = (typeof WAITED_FOR)[number];
export const STATES_THAT_WAIT: Readonly<Record<WaitedFor, readonly StateName[]>> = {
  buyer: ['agreed', 'routed', 'code_issued', 'screened', 'refused', 'amend', 'replacement_sent'],
  seller: ['applied', 'in_transit', 'received', 'replacement_pending'],
  point: ['accepted_at_point', 'collected'],
  platform: ['platform_intervention'],
};

export const CLOSE_REASONS = ['withdrawn', 'not_returned', 'refusal_accepted', 'platform'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];
/** Where a case stood when the platform was called; decides what it may say. */
export type Disputed = 'agreed' | 'refused' | 'screened' | 'handover';

/** A state with what only it knows. `dueAt`: when its time is over; what follows then stands in `decide`. */
export type ReturnState =
  | {
      readonly name:
        | 'applied'
        | 'agreed'
        | 'routed'
        | 'code_issued'
        | 'received'
        | 'screened'
        | 'refused'
        | 'replacement_pending'
        | 'amend'
        | 'replacement_sent';
      readonly dueAt: Instant;
    }
  /** `isLate`: the hand-over to the courier is overdue, and was told. */
  | {
      readonly name: 'accepted_at_point' | 'collected';
      readonly dueAt: Instant;
      readonly isLate: boolean;
    }
  | { readonly name: 'in_transit'; readonly dueAt: Instant; readonly deliveredAt: Instant | undefined }
  | { readonly name: 'platform_intervention'; readonly about: Disputed }
  | { readonly name: 'refunded' | 'refund_instead' | 'success' }
  | { readonly name: 'closed'; readonly reason: CloseReason };

export const ENDED: ReadonlySet<StateName> = new Set(['refunded', 'refund_instead', 'success', 'closed']);

/** Whose doing the reason is; it decides who pays the freight. */
export const FAULTS = ['buyer', 'seller'] as const;
export type Fault = (typeof FAULTS)[number];
export const FREIGHT_PAYERS = ['buyer', 'seller', 'insurer'] as const;
export type FreightPayer = (typeof FREIGHT_PAYERS)[number];

/** What the counter found. */
export const FINDINGS = ['as_described', 'wrong_item', 'missing', 'damaged'] as const;
export type ItemFinding = (typeof FINDINGS)[number];

/** What the seller's screening says (the codes of AliExpress's reverse logistics, domain reference 5.6). */
export const GRADES = ['ok', 'no_ok'] as const;
export type Grade = (typeof GRADES)[number];
export const NO_OK_REASONS = [
  'customer_fault',
  'give_up_unsealed',
  'give_up_sealed',
  'doa_sealed_quality_issue',
  'doa_sealed_no_quality_issue',
  'wrong_item',
  'missing',
] as const;
export type NoOkReason = (typeof NO_OK_REASONS)[number];

/** `line`: place in the order's goods, from 1. `amount`: what the buyer paid for this quantity. */
export type ReturnItem = {
  readonly line: number;
  readonly description: string;
  readonly goodsClass: string;
  readonly sku: string | undefined;
  readonly quantity: number;
  readonly reason: string;
  readonly amount: Money;
  readonly counter?: CounterItem | undefined;
  readonly screening?: ItemScreening | undefined;
};
export type CounterItem = {
  readonly finding: ItemFinding;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly note: string | undefined;
};
/** `quality`: 1 good, 2 defective, 3 partly, 4 unconfirmed (the return sheet of a warehouse). */
export type ItemScreening = {
  readonly grade: Grade;
  readonly quality: 1 | 2 | 3 | 4;
  readonly reason: NoOkReason | undefined;
  readonly refund: Money;
};

export type ReturnRoute =
  | {
      readonly method: 'point';
      readonly pointId: PointId;
      readonly pointOrganisationId: OrganisationId;
      readonly reservationId: Id<'rsv'> | undefined;
      readonly startsAt: Instant | undefined;
      readonly reason: string | undefined;
    }
  | ({ readonly method: 'door' } & DoorVisit)
  | { readonly method: 'self_post' };

export const PAYMENTS = ['collected', 'insured', 'seller_account'] as const;
export type Intake = {
  readonly pointId: PointId | undefined;
  readonly byOrganisationId: OrganisationId;
  readonly byCaller: string;
  readonly occurredAt: Instant;
  readonly weightGrams: number;
  readonly identity: { readonly documentKind: string } | undefined;
  readonly payment: (typeof PAYMENTS)[number];
  readonly freight: Money;
  readonly pictureIds: readonly string[];
};

export type RiskFinding = {
  readonly rule: string;
  readonly points: number;
  readonly count: number;
  readonly returnIds: readonly string[];
};
export type Risk = { readonly score: number; readonly findings: readonly RiskFinding[] };

/** Whose word a step was. */
export const PARTIES = ['buyer', 'seller', 'point', 'courier', 'platform', 'rules', 'tracking'] as const;
export type PartyWord = (typeof PARTIES)[number];

export type ReturnCase = {
  readonly id: ReturnId;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly orderId: OrderId;
  readonly orderReference: string;
  /** The applicant's handle: the same again is the same case. */
  readonly objectId: string;
  readonly version: number;
  readonly kind: ReturnKind;
  readonly state: ReturnState;
  readonly items: readonly ReturnItem[];
  readonly amount: Money;
  readonly freightPayer: FreightPayer;
  readonly buyerRef: PartyRef;
  readonly place: CoarsePlace;
  readonly returnToRef: PartyRef | undefined;
  readonly returnTo: CoarsePlace | undefined;
  readonly wanted: string | undefined;
  readonly sealedStatement: Uint8Array | undefined;
  readonly pictureIds: readonly string[];
  readonly refusal: { readonly reason: string; readonly pictureIds: readonly string[] } | undefined;
  readonly risk: Risk;
  readonly rulebookVersionId: string;
  readonly route: ReturnRoute | undefined;
  readonly sealedCode: Uint8Array | undefined;
  readonly codeExpiresAt: Instant | undefined;
  readonly intake: Intake | undefined;
  readonly parcel: ReturnParcel | undefined;
  readonly replacement: { readonly carrierCode: string; readonly number: string } | undefined;
  /** Where the buyer is sent, later where the goods were taken in; its network's people go on with them. */
  readonly point: { readonly organisationId: OrganisationId; readonly id: PointId } | undefined;
  readonly appliedAt: Instant;
  readonly changedAt: Instant;
};

/** The parcel on its way back. `waybillId`: a number of the network's own stock. */
export type ReturnParcel = {
  readonly number: string;
  readonly carrierCode: string;
  readonly waybillId: WaybillId | undefined;
  readonly parcelId: ParcelId | undefined;
};

/** What a merchant decided for his own goods; never less than his marketplace's rulebook gives. */
export type ReturnSettings = {
  readonly organisationId: OrganisationId;
  readonly windowDays: number | undefined;
  readonly autoAgreeUpTo: Money | undefined;
  readonly excludedGoodsClasses: readonly string[];
  readonly restockingPercent: number;
  readonly freeReturns: boolean;
  readonly carrierCode: string | undefined;
  readonly returnToRef: PartyRef | undefined;
  readonly returnTo: CoarsePlace | undefined;
  readonly sealedAddress: Uint8Array | undefined;
  readonly changedAt: Instant;
};

export type Refund = {
  readonly id: Id<'rfd'>;
  readonly returnId: ReturnId;
  readonly orderId: OrderId;
  readonly amount: Money;
  readonly basis: RefundBasis;
  readonly instructedAt: Instant;
};
export const REFUND_BASES = [
  'agreed',
  'counter',
  'screened',
  'time_out',
  'platform',
  'instead_of_exchange',
] as const;
export type RefundBasis = (typeof REFUND_BASES)[number];

/** The visit at the buyer's door that is arranged. */
export function doorOf({ route }: Pick<ReturnCase, 'route'>): DoorVisit | undefined {
  return route?.method === 'door' ? route : undefined;
}
