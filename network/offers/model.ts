import type { CountryCode, Dimensions, Instant, Money, OfferId } from '../kernel/index.ts';
import type { ChargeLine, GoodsClass, HandoverChoice, Incoterm, ServiceClass } from '../lines/index.ts';

/** One end of a journey, coarse: what a price depends on, nothing personal. */
export type OfferPlace = {
  readonly country: CountryCode;
  readonly division?: string | undefined;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
};

export type OfferedGoods = {
  readonly goodsClass: GoodsClass;
  readonly quantity: number;
  readonly unitValue?: Money | undefined;
  readonly unitWeightGrams?: number | undefined;
  readonly hs6?: string | undefined;
};

/** What a merchant asks: this parcel, from here to there, what carries it, at what price, by when? */
export type OfferRequest = {
  readonly orderRef?: string | undefined;
  readonly from: OfferPlace;
  readonly to: OfferPlace;
  readonly parcels: readonly { readonly weightGrams: number; readonly size?: Dimensions | undefined }[];
  readonly goods: readonly OfferedGoods[];
  /** What the buyer paid for the order; market policies look at it. */
  readonly orderAmount?: Money | undefined;
  readonly incoterm?: Incoterm | undefined;
  readonly taxIdKinds?: readonly string[] | undefined;
  readonly cashOnDelivery?: Money | undefined;
  readonly insuredAmount?: Money | undefined;
  readonly readyAt?: Instant | undefined;
};

/** A line that can carry the request. */
export type LineOffer = {
  readonly lineCode: string;
  /** Version of the line that priced it: an offer is not sold when another is in force. */
  readonly lineVersion: number;
  readonly lineNames: { readonly en: string; readonly zh: string };
  readonly carrierCode: string;
  readonly serviceClass: ServiceClass;
  readonly online: boolean;
  readonly zone: string;
  readonly tableCode: string;
  readonly charges: readonly ChargeLine[];
  readonly chargeableGrams: readonly number[];
  readonly total: Money;
  readonly promise: {
    readonly kind: 'ESTIMATE' | 'PROMISE';
    readonly earliest: Instant;
    readonly latest: Instant;
    readonly minDays: number;
    readonly maxDays: number;
    readonly guaranteed: boolean;
  };
  readonly handoverChoices: readonly HandoverChoice[];
};

/** Why a line cannot. `actual` and `limit` are the numbers behind the code, where there are any. */
export type RefusalReason = {
  readonly code: string;
  readonly message: string;
  readonly parcel?: number | undefined;
  readonly actual?: string | number | undefined;
  readonly limit?: string | number | undefined;
  readonly ruleId?: string | undefined;
  readonly ruleVersion?: string | undefined;
};
export type LineRefusal = { readonly lineCode: string; readonly reasons: readonly RefusalReason[] };

export type StoredOffer = {
  readonly id: OfferId;
  readonly request: OfferRequest;
  readonly offer: LineOffer;
  /** What the carrier will charge us, without tax. */
  readonly buyingTotal: Money | undefined;
  readonly expiresAt: Instant;
  readonly usedBy: string | undefined;
};

/** How long an offer can be bought (our default). */
export const OFFER_LIFE_MS = 30 * 60_000;
