import type { CarrierErrorName, ReadMeaning } from '../../network/tracking/connector-contract.ts';
import type { Part } from './part.ts';
import type { PlaceParts } from './place.ts';
import type { Stamp } from './stamp.ts';

export type ScanParts = {
  readonly code?: string | undefined;
  readonly category?: string | undefined;
  readonly text?: string | undefined;
  /** See ScanReading. */
  readonly distinction?: string | undefined;
  /** Undefined when the carrier left it out or wrote no time at all. */
  readonly stamp: Stamp | undefined;
  /** What the carrier wrote as time, for the message when it is unreadable. */
  readonly writtenTime?: string | undefined;
  readonly place?: PlaceParts;
  /** The zone that the connector assumes is not that of this scan. */
  readonly isElsewhere?: boolean;
  /** Of `readWeight`; absent: what the parcel says. */
  readonly weightGrams?: number | undefined;
  /** Where the code alone does not decide. */
  readonly meaning?: ReadMeaning;
};

export type ParcelParts = {
  readonly number: string | undefined;
  readonly otherNumbers?: readonly (string | undefined)[];
  readonly stateCode?: string | undefined;
  /** The class that the code of the state lies in. */
  readonly stateCategory?: string | undefined;
  readonly stateText?: string | undefined;
  readonly estimatedDate?: string | undefined;
  readonly estimatedFrom?: string | undefined;
  readonly estimatedTo?: string | undefined;
  /** Said once of the parcel: it counts with each of its scans. Never the sum of several. */
  readonly weightGrams?: number | undefined;
};

/** What a format fills while it walks through a document. */
export type ReadingDraft = {
  parcel(at: Part, parts: ParcelParts): ParcelDraft;
  error(name: CarrierErrorName, message: string | undefined, more?: ErrorParts): void;
};
export type ErrorParts = {
  readonly code?: string | undefined;
  readonly number?: string | undefined;
  readonly pointer?: string;
};
export type ParcelDraft = { scan(at: Part, parts: ScanParts): void };
