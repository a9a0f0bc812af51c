import type { Errand, Sending, Way } from './ways.ts';

/*
 * What really happened at the points, written down by whoever did it. The checker compares the network's answers with
 * this and with nothing else.
 */

/** A code as its recipient was told it; `until`: when it opened its parcel, or the parcel left by another way. */
export type TruthCode = {
  readonly code: string;
  readonly point: number;
  readonly from: number;
  until?: number;
};

export type TruthWaiting = {
  readonly index: number;
  readonly way: Way;
  readonly number: string;
  /** Where it lies, or is to lie; changes when it was brought to another point. */
  point: number;
  id?: string;
  reservationId?: string;
  /** In the network's words; undefined: it never came to a point, or was refused there. */
  state?: 'announced' | 'stored' | 'handed_out' | 'returning' | 'returned' | 'exception' | 'cancelled';
  handedOutBy?: 'code' | 'friend' | 'identity' | 'locker';
  storedAt?: number;
  goneAt?: number;
  /** The compartment of a locker that it lies in. */
  door?: string;
  /** A device without a network has stored it, and the network does not know yet. */
  isInDevice?: boolean;
  /** Wrong codes were said at its counter, or to its device. */
  isTried?: boolean;
  /** Five of them to a device: a supervisor has to look when it is back. */
  isLocked?: boolean;
  /** What was recorded of it was taken back once. */
  isTakenBack?: boolean;
  /** A device without a network let it go without asking for storage. */
  isWaived?: boolean;
  /** What the counter took for storage, in minor units. */
  feeMinor: number;
  codes: TruthCode[];
  /** How often each fact happened: what must stand on record, and in the statements. */
  facts: Record<string, number>;
};

export type TruthReturn = {
  readonly index: number;
  readonly errand: Errand;
  readonly reference: string;
  readonly paidMinor: number;
  id?: string;
  /** The point that took the goods in. */
  point?: number;
  /** Where the buyer goes instead of the point that he was sent to. */
  broughtTo?: number;
  number?: string;
  code?: string;
  state?: string;
  /** What has to go back to the buyer in the end, in one instruction; undefined: nothing. */
  refundMinor?: number;
  takenAt?: number;
  isTurnedAway?: boolean;
  /** Taken by a device without a network, before anybody could read the code. */
  unread?: TruthUnread;
  handedOverAt?: number;
};

export type TruthMailing = {
  readonly index: number;
  readonly sending: Sending;
  id?: string;
  code?: string;
  state?: string;
  /** The most that its sender has agreed to; the line and carrier that he chose. */
  agreedMinor: number;
  line?: string;
  /** The point that took it in, what it cost there and what lies in the drawer for it. */
  point?: number;
  freightMinor?: number;
  collectedMinor?: number;
  number?: string;
  isGivenBack?: boolean;
};

export type TruthUnread = {
  readonly point: number;
  readonly deviceName: string;
  readonly clientId: string;
  readonly at: number;
  readonly said: number;
  /** As the clerk typed it. */
  readonly code: string;
  readonly isMistyped: boolean;
  id?: string;
};

/** Something that a device recorded without a network. */
export type TruthAction = {
  readonly deviceId: string;
  readonly clientId: string;
  readonly point: number;
  readonly parcel: number;
  readonly kind: 'store' | 'hand_out' | 'wrong_code' | 'undo';
  readonly number: string;
  readonly at: number;
  /** What the device's clock said. */
  readonly said: number;
  /** Of an undo: what happened by it, if there was something to undo. */
  readonly undone?: 'storing_undone' | 'hand_out_undone';
  /**
   * What has to become of it: a hand-out after the end of the lease is recorded, and a person has to look; what was taken
   * back before cannot be taken back again.
   */
  readonly expects: 'done' | 'not_leased' | 'nothing_to_undo';
  /** Of an undo: told before its act, for which it had to wait. */
  isEarly?: true;
  /** As the network answered when the device came back: at first, and when it sent the same again. */
  answers: string[];
};

export type PointTruth = {
  readonly waiting: Map<number, TruthWaiting>;
  readonly returns: Map<number, TruthReturn>;
  readonly mailings: Map<number, TruthMailing>;
  readonly actions: TruthAction[];
  /** Parcels that came to a point, in its hours. */
  readonly arrivals: { readonly point: number; readonly at: number }[];
  /** Parcels without a consent that somebody tried to leave at a point. */
  readonly withoutConsent: { tried: number; refused: number };
  /** Hand-outs of a parcel that an absent device holds. */
  readonly leasedElsewhere: { tried: number; refused: number };
  /** Demands that no point had room for, which is no fault. */
  unserved: number;
};

export const emptyPointTruth = (): PointTruth => ({
  waiting: new Map(),
  returns: new Map(),
  mailings: new Map(),
  actions: [],
  arrivals: [],
  withoutConsent: { tried: 0, refused: 0 },
  leasedElsewhere: { tried: 0, refused: 0 },
  unserved: 0,
});

export function happened(truth: TruthWaiting, fact: string): void {
  truth.facts[fact] = (truth.facts[fact] ?? 0) + 1;
}

/** So many wrong codes are said before the right one, once in its life. */
export function wrongCodesOf({ way, index, isTried }: TruthWaiting): number {
  if (isTried) return 0;
  if (way === 'locked') return 5;
  return way === 'wrong_code' ? 1 + (index % 2) : 0;
}
