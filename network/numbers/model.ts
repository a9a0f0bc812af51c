import type { CheckRuleName } from './check-digit.policy.ts';
import type { Shape } from './shape.policy.ts';

/**
 * One format of an issuer's numbers. `check` names the rule of the check digit, `none` where no rule is known.
 * `example` is a made-up or widely printed number that passes.
 */
export type NumberFormat = {
  /** Lower snake, unique over all issuers. */
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly check: CheckRuleName;
  readonly example: string;
  /** Where the format is told. */
  readonly source: string;
  /** A text that holds more than the number: where in it the number stands, as `slice` takes it. */
  readonly carries?: readonly [from: number, to?: number];
  /** Printed behind 420 and the ZIP code of the destination. */
  readonly routed?: true;
  /** Hardly printed any more. */
  readonly isLegacy?: true;
  /** Letters 12 and 13 name the country of the post. */
  readonly namesCountry?: true;
};

/** How many parcels an issuer's numbers are on, in powers of ten; only what ranks candidates (our estimate). */
export type Reach = 'worldwide' | 'national' | 'regional';

/** Who prints numbers: a carrier, a post, or all posts together. */
export type NumberIssuer = {
  /** Lower snake, at most 40 characters. */
  readonly code: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly reach: Reach;
  readonly formats: readonly NumberFormat[];
  /** Public tracking page with `{number}` in the place of the number; absent when none is known to take one. */
  readonly trackingUrl?: string;
};

/** Why a number may be an issuer's. */
export const CANDIDATE_REASONS = [
  'check_digit_holds',
  'fixed_characters',
  'country_of_post',
  'form_only',
  'zip_removed',
  'carried_in_barcode',
] as const;
export type CandidateReason = (typeof CANDIDATE_REASONS)[number];

export type Candidate = {
  /** As the issuer's tracking page takes it. */
  readonly number: string;
  readonly issuer: NumberIssuer;
  readonly format: NumberFormat;
  readonly checkDigit: 'ok' | 'none';
  /** ISO 3166-1 alpha-2 of the post, where the number names it. */
  readonly country?: string;
  readonly trackingUrl?: string;
  readonly reasons: readonly CandidateReason[];
};
