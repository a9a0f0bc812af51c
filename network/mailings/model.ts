import type {
  Dimensions,
  Id,
  Instant,
  Money,
  OrganisationId,
  ParcelId,
  PartyRef,
  PointId,
  WaybillId,
} from '../kernel/index.ts';
import type { ChargeId, HoldSetId } from '../ledger/index.ts';
import type { GoodsClass } from '../lines/index.ts';
import type { DoorVisit } from '../pickups/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';

export type MailingId = Id<'mlg'>;

/** `placed` is CREATE of the Guoguo interface, `accepted` the acceptance at a counter or door. */
export const MAILING_STATES = [
  'placed',
  'accepted',
  'in_transit',
  'delivered',
  'returned',
  'lost',
  'closed',
] as const;
export type StateName = (typeof MAILING_STATES)[number];

/** `undone`: the counter gave the parcel and the money back. */
export const CLOSE_REASONS = ['cancelled', 'not_brought', 'prohibited', 'undone'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** `dueAt`: when silence is an answer. `isLate`: it was late, and that was told. */
export type MailingState =
  | { readonly name: 'placed'; readonly dueAt: Instant }
  | {
      readonly name: 'accepted' | 'in_transit';
      readonly dueAt: Instant | undefined;
      readonly isLate: boolean;
    }
  | { readonly name: 'delivered' | 'returned' | 'lost' }
  | { readonly name: 'closed'; readonly reason: CloseReason };

/** Who ordered it: a person in the portal, an organisation for a person, or a clerk for who stands before him. */
export const PLACERS = ['person', 'app', 'counter'] as const;
export type Placer = (typeof PLACERS)[number];

/** `counter`: the sender pays when he hands it in; `wallet`: held of the organisation that ordered it. */
export const PAYMENTS = ['counter', 'wallet'] as const;
export type Payment = (typeof PAYMENTS)[number];
/** How a counter was paid. */
export const PAY_METHODS = ['cash', 'card'] as const;
export type PayMethod = (typeof PAY_METHODS)[number];

/** What is sent, in the sender's words. */
export type MailedGoods = {
  readonly description: string;
  readonly goodsClass: GoodsClass;
  readonly quantity: number;
  readonly value?: Money | undefined;
};
export type Measures = { readonly weightGrams: number; readonly size?: Dimensions | undefined };
export type FreightLine = { readonly type: string; readonly label: string; readonly amount: Money };

/** The line that the sender chose, as it was when he chose it. */
export type Quoted = {
  readonly lineCode: string;
  readonly lineVersion: number;
  readonly carrierCode: string;
  readonly charges: readonly FreightLine[];
  readonly total: Money;
  readonly insuredAmount?: Money | undefined;
  readonly promisedAt: Instant;
  /** The prices of this moment count, also for what the scale says later. */
  readonly quotedAt: Instant;
};

export type Handover =
  | {
      readonly method: 'point';
      readonly pointId: PointId;
      readonly pointOrganisationId: OrganisationId;
      readonly reservationId: Id<'rsv'>;
      readonly startsAt: Instant;
      /** Why the sender is sent on, where he did not choose it. */
      readonly reason: string | undefined;
    }
  | ({ readonly method: 'door' } & DoorVisit);

/** What a counter or a courier did. `freight` is what it costs, `collected` the part that lies in his drawer. */
export type Intake = {
  readonly pointId: PointId | undefined;
  readonly byOrganisationId: OrganisationId;
  readonly byCaller: string;
  readonly occurredAt: Instant;
  readonly goodsClass: GoodsClass;
  readonly measured: Measures;
  /** The kind of the document that was seen; never its number. */
  readonly documentKind: string | undefined;
  readonly checks: Readonly<Record<string, boolean>>;
  /** The mark that says on the parcel that it was looked into. */
  readonly inspectionMark: string | undefined;
  readonly priceListShown: boolean;
  readonly charges: readonly FreightLine[];
  readonly freight: Money;
  readonly collected: Money;
  readonly paidBy: PayMethod | undefined;
  readonly chargeId: ChargeId | undefined;
};

/** `waybillId`: a number of the network's own stock. */
export type MailedParcel = {
  readonly number: string;
  readonly carrierCode: string;
  readonly waybillId: WaybillId | undefined;
  readonly parcelId: ParcelId | undefined;
};

export type Mailing = {
  readonly id: MailingId;
  /** The organisation that ordered it; the operator's for persons without an account. */
  readonly organisationId: OrganisationId;
  /** The marketplace that binds who ordered it. */
  readonly clientPlatformId: OrganisationId | undefined;
  /** The handle of who ordered it: the same again is the same mailing. */
  readonly objectId: string;
  readonly version: number;
  readonly placedBy: Placer;
  readonly state: MailingState;
  readonly senderRef: PartyRef;
  readonly recipientRef: PartyRef;
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  readonly goods: MailedGoods;
  readonly declared: Measures;
  readonly quoted: Quoted;
  /** The most that may be charged without asking the sender again; not below the quoted total. */
  readonly ceiling: Money;
  readonly payment: Payment;
  readonly holdSetId: HoldSetId | undefined;
  readonly rulebookVersionId: string;
  /** Undefined: any counter of the market. */
  readonly handover: Handover | undefined;
  readonly sealedCode: Uint8Array | undefined;
  readonly codeExpiresAt: Instant | undefined;
  readonly intake: Intake | undefined;
  readonly parcel: MailedParcel | undefined;
  /** Where the sender is sent, later where the parcel was taken in. */
  readonly point: { readonly organisationId: OrganisationId; readonly id: PointId } | undefined;
  readonly placedAt: Instant;
  readonly changedAt: Instant;
};

/** Whose word a step was. */
export const PARTIES = ['sender', 'point', 'courier', 'platform', 'rules', 'tracking'] as const;
export type PartyWord = (typeof PARTIES)[number];

/** Why a counter takes no parcel. */
export const TURN_AWAY_REASONS = [
  'prohibited',
  'no_identity',
  'inspection_refused',
  'not_the_goods',
  'too_large',
  'too_heavy',
  'not_packable',
  'freight_not_paid',
  'counter_full',
  'other',
] as const;
export type TurnAwayReason = (typeof TURN_AWAY_REASONS)[number];

/** The visit at the sender's door that is arranged. */
export function doorOf({ handover }: Pick<Mailing, 'handover'>): DoorVisit | undefined {
  return handover?.method === 'door' ? handover : undefined;
}
