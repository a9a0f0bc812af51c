/** Where a scan was made; never finer than a city. */
export type Place = { readonly country: string; readonly city?: string };

/** One observation of a carrier: what happened, when, and what becomes of the news of it. */
export type ScanFact = {
  /** In the network's words. */
  readonly milestone: string;
  /** In the carrier's words. */
  readonly code: string;
  readonly occurredAt: number;
  readonly place: Place;
};

/** How a courier's visit at the buyer's door ends. */
export type DoorOutcome = 'delivered' | 'absent' | 'refused';

/**
 * Something that one actor does at an instant (ms since 1970, UTC). Acts are plain data: a world that was stopped
 * writes down what is still to come and goes on from there.
 */
export type Act = { readonly at: number; readonly order: number; readonly step: number } & (
  | { readonly kind: 'buy' }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'print' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'declare'; readonly number?: string; readonly carrierName?: string }
  /** Orders of one merchant and carrier that are booked at the same instant share a visit. */
  | { readonly kind: 'book' }
  | { readonly kind: 'inbound' | 'reject' | 'outbound' | 'fail_outbound' | 'dispatch' | 'return_early' }
  | {
      readonly kind: 'scan';
      readonly carrier: string;
      readonly fact: ScanFact;
      /** The source is one that the client platform does not recognise, or speaks of what it cannot know. */
      readonly isBelieved: boolean;
      /** Sent before: the same observation again. */
      readonly isRepeat: boolean;
    }
  | { readonly kind: 'unreported'; readonly fact: ScanFact }
  | { readonly kind: 'forge'; readonly way: ForgeryWay; readonly fact: ScanFact }
  /** Something came, and it is not what was seen. */
  | { readonly kind: 'garble'; readonly carrier: string; readonly way: GarbledWay; readonly fact: ScanFact }
  /** A domestic carrier speaks of the number that it carries a parcel to the warehouse under. */
  | { readonly kind: 'domestic'; readonly carrier: string; readonly number: string; readonly fact: ScanFact }
  /** Goes on a courier's list of the day, which leaves the depot at `at`. */
  | { readonly kind: 'out'; readonly doorAt: number; readonly outcome: DoorOutcome }
  | { readonly kind: 'door'; readonly outcome: DoorOutcome }
  | { readonly kind: 'complete_return' | 'dispose' }
  /** Goes into the big bag that its merchant makes up at that instant. */
  | { readonly kind: 'bag' }
  /** A bag, with all that is or should be in it, is opened at the warehouse; the order is the first of them. */
  | { readonly kind: 'open_bag'; readonly handover: string; readonly bag: string; readonly parts: BagPart[] }
  | { readonly kind: 'ask_stop'; readonly wish: StopWish; readonly by: 'merchant' | 'marketplace' }
  | { readonly kind: 'answer_stop'; readonly answer: 'accept' | 'refuse' | 'done' | 'failed' }
  | { readonly kind: 'withdraw_stop' }
  /** The carrier pays in what its couriers took at doors; what belongs to one day goes together. */
  | { readonly kind: 'remit' }
);

/** What becomes of a parcel between the list of its bag and the bag itself. */
export type BagWay =
  | 'as_listed'
  /** On the list, and left lying at the merchant's: it comes with a later car. */
  | 'left_behind'
  /** In the bag, and on no list. */
  | 'unlisted'
  | 'damaged';

export type BagPart = { readonly order: number; readonly way: BagWay };

/** What a merchant or, for a buyer, a marketplace asks of a carrier that has the parcel already. */
export type StopWish = 'return' | 'address_change';

/** How the news of a scan is damaged on its way. */
export const GARBLED_WAYS = ['unknown_code', 'misread_digit', 'unreadable_number'] as const;
export type GarbledWay = (typeof GARBLED_WAYS)[number];

/** Forgeries that the network can tell at the door or by the source (promise G8). */
export const FORGERY_WAYS = [
  'wrong_key',
  'unrecognised_source',
  'merchant_says_so',
  'in_the_future',
  'another_carrier',
] as const;
export type ForgeryWay = (typeof FORGERY_WAYS)[number];

/** A pickup visit is no order's own: it has a queue entry of its own kind. */
export type VisitAct = {
  readonly at: number;
  readonly visit: string;
  readonly step: 'set_out' | 'collect' | 'fail' | 'reschedule' | 'hand_over';
};

/** `Act` without its place in the queue, as the scripts write it. */
export type Deed = Act extends infer One ? (One extends Act ? Omit<One, 'order' | 'step'> : never) : never;
