import type { Order } from '../plan.ts';
import type { NumberedCarrier } from './numbers.ts';
import type { Way } from './ways.ts';

/*
 * What happened outside, as a plan: who says that he shipped what, under which number, and what a carrier really saw.
 * All of it is drawn from the seed before the world begins.
 */

/** A merchant's declaration of a shipment made with a carrier of its own choice. */
export type Claim = {
  /** Unique in the world: the story and the place in it. */
  readonly key: string;
  readonly order: Order;
  readonly at: number;
  readonly carrier: NumberedCarrier | 'network';
  /** Undefined: the number of the label of the network that the story had made and given back. */
  readonly number: string | undefined;
  readonly service: string | undefined;
  readonly sendType: 'all' | 'part';
  readonly shippedAt: number;
  readonly shipFrom: string;
  /** What the merchant says that the packed parcel weighs; many say nothing. */
  readonly statedGrams?: number;
  readonly correction?: {
    readonly at: number;
    readonly carrier: NumberedCarrier;
    readonly number: string;
    readonly reason: string;
  };
  /** The parcel is what the merchant says it is: the truth that nobody is told. */
  readonly isGenuine: boolean;
  /** What the merchant shows when it is asked: the carrier's receipt for this order, something else, or nothing. */
  readonly proof: 'receipt' | 'photo' | 'none';
};

/** One observation of a carrier, and when it is told. */
export type OutsideScan = {
  readonly at: number;
  readonly reporter: NumberedCarrier;
  readonly number: string;
  readonly milestone: string;
  /** The instant of the world. */
  readonly occurredAt: number;
  /** As the carrier writes it. */
  readonly time: { readonly occurred_at: string } | { readonly local_time: string };
  readonly place: { readonly country: string; readonly city?: string; readonly postcode?: string };
  /** What the carrier's scale showed; most do not tell. */
  readonly grams?: number;
};

export type Story = {
  readonly index: number;
  readonly way: Way;
  readonly claims: readonly Claim[];
  readonly scans: readonly OutsideScan[];
  /** A label of the network that this merchant has made and gives back a little later. */
  readonly label?: { readonly at: number; readonly order: Order };
  /** The buyer of the first claim says on his page that he did not get it. */
  readonly denial?: { readonly at: number; readonly kind: 'not_delivered_to_me' | 'delivered_elsewhere' };
};
