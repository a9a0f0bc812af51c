import type { CountryCode } from '../kernel/index.ts';
import type { Milestone, ParcelSubstatus, ScanId } from './model.ts';
import type { ScanTime } from './scan-time.policy.ts';

/**
 * What a connector reads out of one answer or push of a carrier: scans in our words and errors by name. Nothing of
 * the sender or recipient is taken over but the carrier's own text of a scan.
 */
export type CarrierReading = {
  readonly carrier: string;
  /** The bytes that were read; `pointer` of a scan leads into them. */
  readonly payload: { readonly sha256: string; readonly bytes: number };
  /** In the order of the payload. A parcel without scans means "no news", which is no error. */
  readonly parcels: readonly ParcelReading[];
  readonly errors: readonly CarrierError[];
};

export type ParcelReading = {
  /** The number that the carrier calls the parcel's own. */
  readonly number: string;
  readonly otherNumbers: readonly string[];
  /** The carrier's summary of the parcel, where it has one apart from the scans. */
  readonly state?: { readonly code: string; readonly text?: string } & ReadMeaning;
  /** Local date `YYYY-MM-DD` at the destination. */
  readonly estimatedDate?: string;
  /** Window as instants, where the carrier states instants. */
  readonly estimatedWindow?: { readonly from: string; readonly to: string };
  readonly scans: readonly ScanReading[];
};

export type ReadMeaning = {
  readonly milestone: Milestone | 'unmapped';
  readonly substatus?: ParcelSubstatus;
};

export type ScanReading = ReadMeaning & {
  /** Content hash: the same scan of the same number has it in every answer. */
  readonly id: ScanId;
  readonly number: string;
  /** The carrier's code, untouched; absent where the format has none or this scan lacks it. */
  readonly code?: string;
  /** The carrier's own class of its code (UPS: the status type). */
  readonly category?: string;
  /** The carrier's text, untouched but for white space around it. */
  readonly text?: string;
  /**
   * What makes it another scan than one of the same code, second and place, where the format's codes are too few for that.
   * A carrier that tells the scan again tells the same.
   */
  readonly distinction?: string;
  /** `localTime` is the wall clock as the carrier wrote it, as `YYYY-MM-DDTHH:MM:SS[.mmm]`. */
  readonly time: ScanTime;
  /** The carrier gave a day and no time: `localTime` says midnight. */
  readonly isDateOnly: boolean;
  readonly place?: PlaceReading;
  /** What the carrier says that the parcel weighs, with this scan or of the parcel as a whole. */
  readonly weightGrams?: number;
  /** Where in the payload: a JSON pointer, for XML over local names with `@` for attributes. */
  readonly pointer: string;
};

/** A place as the carrier gives it. `text` is how the carrier would write it on one line. */
export type PlaceReading = {
  readonly text: string;
  readonly country?: CountryCode;
  readonly region?: string;
  readonly postcode?: string;
  readonly city?: string;
  readonly facility?: string;
};

/**
 * Names of what can be wrong. `payload_*`: we cannot read it, whatever the carrier meant. `message_*`: one message of an
 * interchange cannot be taken. `scan_*`: one scan cannot be
 * taken, the others can. The rest is what the carrier says.
 */
export const CARRIER_ERROR_NAMES = [
  'payload_empty',
  'payload_too_large',
  'payload_not_text',
  'payload_unreadable',
  'payload_unsafe',
  'payload_unexpected',
  'message_unreadable',
  'scan_without_time',
  'scan_without_code',
  'scan_time_unreadable',
  'number_missing',
  'number_unknown',
  'number_invalid',
  'not_authorised',
  'rate_limited',
  'carrier_unavailable',
  'carrier_refused',
] as const;
export type CarrierErrorName = (typeof CARRIER_ERROR_NAMES)[number];

export type CarrierError = {
  readonly name: CarrierErrorName;
  /** The carrier's own code. */
  readonly code?: string;
  readonly message: string;
  /** The number it is about, where the payload tells. */
  readonly number?: string;
  readonly pointer?: string;
};
