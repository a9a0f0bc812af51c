import type { Way } from './outside/ways.ts';
import type { Cheat } from './plan.ts';

/*
 * What really happened, written down by whoever did it, at the moment of doing it. The checker compares the network's
 * answers with this and with nothing else. Plain data, so that a world can be stopped and go on.
 */

export type TruthParcel = {
  id: string;
  number: string;
  /** First instant of each milestone that the network was told of by a source it may believe. */
  milestones: Record<string, number>;
  /** Observations told by sources that it may not believe: shown, and without any effect. */
  unverified: number;
  /** Observations in codes that nobody knows. */
  unmapped: number;
  declaredGrams: number;
  declaredSize: Size;
  measuredGrams?: number;
  measuredSize?: Size;
};
export type Size = { readonly length_mm: number; readonly width_mm: number; readonly height_mm: number };

export type TruthOrder = {
  readonly order: number;
  readonly merchant: number;
  readonly ref: string;
  /** Where from and to, as priced. */
  readonly from: TruthPlace;
  readonly to: TruthPlace;
  readonly goodsClass: string;
  /** What the buyer paid: the market's rules look at it. */
  readonly paid: { readonly amount_minor: number; readonly currency: string };
  /** Who pays a part of the freight instead of the merchant, by which programme. */
  programme?: string;
  /** Somebody asked to have it back, or to have it brought elsewhere. */
  stop?: TruthStop;
  /** Where an interception sent it, and where it went when its freight was charged, if not there where it was sold to. */
  movedTo?: TruthPlace;
  chargedTo?: TruthPlace;
  /** To be taken at the door, and whether it was: paid in by the carrier it belongs to the merchant. */
  readonly cash?: { readonly amount_minor: number; readonly currency: string };
  isCashPaidIn?: boolean;
  shipmentId?: string;
  lineCode?: string;
  carrierCode?: string;
  boughtAt?: number;
  /** No line would carry it, and that was right or wrong: the rules of the market are judged apart. */
  isUnshipped?: boolean;
  freight?: 'reserved' | 'charged' | 'released';
  /** The order's own state, in the network's words. */
  state?: string;
  parcels: TruthParcel[];
  readonly cheat?: Cheat;
  readonly isSplit: boolean;
};
export type TruthPlace = {
  readonly country: string;
  readonly division?: string;
  readonly city: string;
  readonly postcode: string;
};

export type TruthStop = {
  readonly id: string;
  readonly wish: 'return' | 'address_change';
  /** In the network's words. */
  readonly state: 'requested' | 'accepted' | 'done' | 'failed' | 'cancelled';
  /** The merchant pays the fee with the acceptance; a stop that fails gives it back. */
  readonly isPaid: boolean;
};

/** One bag with its list, by the numbers of parcels. */
export type TruthHandover = {
  readonly bag: string;
  readonly listed: readonly string[];
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly damaged: readonly string[];
};

export type TruthTopUp = {
  /** `merchant 3`, `marketplace 0`. */
  readonly owner: string;
  readonly currency: string;
  readonly amountMinor: number;
};

/** A declaration of a shipment outside our lines: whether it is what it says, and what people said of it. */
export type TruthClaim = {
  readonly key: string;
  readonly story: number;
  readonly way: Way;
  readonly merchant: number;
  readonly ref: string;
  readonly isGenuine: boolean;
  readonly externalShipmentId: string;
  /** The world's instant at which it was taken, and that at which another number was taken for it. */
  readonly takenAt: number;
  correction?: { readonly at: number; readonly isSlip: boolean };
  /** As it stands. */
  number: string;
  /** Of the order as written down, and what was said of the parcel itself. */
  readonly orderedAt: number;
  readonly buyer: string;
  readonly orderGrams: number;
  readonly statedGrams?: number;
  readonly isPart: boolean;
  /** Its merchant was suspended before the scheme was complete. */
  isUnfinished?: boolean;
  /** What its merchant sees of the parcel in the end: nothing at all where the number is another's. Absent: whatever. */
  ends?: 'delivered' | 'not_delivered' | 'hidden';
  /** By the marketplace's people; absent where the network came to its own end. */
  decision?:
    | { readonly outcome: 'cleared' }
    | { readonly outcome: 'confirmed'; readonly level: PenaltyLevel };
  appeal?: 'open' | 'upheld' | 'revoked';
};
/** What a merchant was told that it may not declare for now. */
export type TruthRefusal = Pick<TruthClaim, 'key' | 'way' | 'merchant' | 'isGenuine'> & {
  readonly what: 'declaration' | 'correction';
  readonly at: number;
  readonly isSlip: boolean;
};
/** What a carrier's scale showed, and was told. */
export type TruthWeighing = {
  readonly number: string;
  readonly reporter: string;
  readonly occurredAt: number;
  readonly grams: number;
};
export type PenaltyLevel = 'general' | 'serious' | 'especially_serious';

export type Truth = {
  readonly orders: Map<number, TruthOrder>;
  readonly topUps: TruthTopUp[];
  readonly handovers: Map<string, TruthHandover>;
  readonly claims: Map<string, TruthClaim>;
  readonly refusals: TruthRefusal[];
  readonly weighings: TruthWeighing[];
  /** Forgeries that had to be turned away at the door, and whether they were. */
  readonly turnedAway: { tried: number; refused: number };
  /** Scans of numbers that are none, likewise. */
  readonly unreadable: { tried: number; refused: number };
};

export const emptyTruth = (): Truth => ({
  orders: new Map(),
  topUps: [],
  handovers: new Map(),
  claims: new Map(),
  refusals: [],
  weighings: [],
  turnedAway: { tried: 0, refused: 0 },
  unreadable: { tried: 0, refused: 0 },
});

/** A milestone that somebody trustworthy reported for every parcel of an order; the first time counts. */
export function reach(order: TruthOrder, milestone: string, at: number): void {
  for (const parcel of order.parcels) reachParcel(parcel, milestone, at);
}

export function reachParcel(parcel: TruthParcel, milestone: string, at: number): void {
  parcel.milestones[milestone] = Math.min(parcel.milestones[milestone] ?? Number.POSITIVE_INFINITY, at);
}

/** As coarse as the network shows it. */
export const placeOf = ({ country, division, city, postcode }: TruthPlace): TruthPlace => ({
  country,
  ...(division === undefined ? {} : { division }),
  city,
  postcode,
});
