import type { PublishedLine } from './price.ts';

/*
 * What the network answers, asked as the parties ask: merchants read their orders, timelines, wallets and statements
 * with their own keys, buyers their parcel without any. Plain data, so that a test may corrupt it.
 */

export type ReadShipment = {
  id: string;
  /** Country, city and postcode of the recipient. */
  to: string;
  state: string;
  lineCode: string;
  freight: string | undefined;
  chargedMinor: number | undefined;
  quotedMinor: number | undefined;
  numbers: string[];
};
export type ReadTimeline = {
  parcelId: string;
  status: string;
  milestones: { name: string; at: number }[];
  unverified: number;
  unmapped: number;
};
export type ReadBuyer = { parcelId: string; status: string; milestones: string[] };
export type ReadWallet = {
  /** `merchant 3`, `marketplace 0`. */
  owner: string;
  currency: string;
  balanceMinor: number;
  heldMinor: number;
  transfers: { kind: string; amountMinor: number; balanceMinor: number; subjectId: string | undefined }[];
  /** By month: opening, closing, sum of what moved. */
  statements: { month: string; openingMinor: number; closingMinor: number; turnoverMinor: number }[];
};
export type ReadInterception = { shipmentId: string; wish: string; state: string; feeMinor: number };
export type ReadHandover = {
  state: string;
  bags: { id: string; numbers: string[] }[];
  differences: { number: string; code: number }[];
};
export type ReadProgramme = {
  spentMinor: number;
  /** By shipment. */
  uses: Map<string, { state: string; usedMinor: number }>;
};
/** What the network says of a declared shipment outside its lines. */
export type ReadVerification = {
  state: string;
  organisationId: string;
  level: string | undefined;
  /** At some time, whatever became of it. */
  wasSuspected: boolean;
  /** Names of what was found against it. */
  rules: string[];
};
export type ReadPenalty = { points: number; imposedAt: number; revokedAt: number | undefined };
/** A declared shipment as its merchant sees it. */
export type ReadOutside = { hold: string | undefined; trackingStatus: string | undefined };
export type Readings = {
  readonly shipments: Map<string, ReadShipment>;
  readonly timelines: Map<string, ReadTimeline>;
  readonly buyers: Map<string, ReadBuyer>;
  readonly wallets: ReadWallet[];
  readonly interceptions: Map<string, ReadInterception>;
  readonly handovers: Map<string, ReadHandover>;
  /** By name. */
  readonly programmes: Map<string, ReadProgramme>;
  readonly lines: Map<string, PublishedLine>;
  /** By external shipment. */
  readonly verifications: Map<string, ReadVerification>;
  /** By their id. */
  readonly outside: Map<string, ReadOutside>;
  /** In force, by organisation. */
  readonly penaltyPoints: Map<string, number>;
  /** All of them, revoked ones too, by organisation. */
  readonly penalties: Map<string, ReadPenalty[]>;
  readonly feeds: ReadFeed[];
};
/** What a healthy receiver of webhooks got of its owner's feed, whatever others did to the sender. */
export type ReadFeed = { owner: string; received: number; missing: string[]; badSignatures: number };
