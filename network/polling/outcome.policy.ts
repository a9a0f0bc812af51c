import type { OutboundFailure } from '../../platform/outbound/index.ts';
import { type Instant, latest } from '../kernel/index.ts';
import type { CarrierReading, ParcelReading } from '../tracking/index.ts';

/**
 * What became of one request to a carrier. `read`: an answer in its documented shape, whatever it says about the
 * numbers. All others are the source's failure and say nothing about any parcel.
 */
export const PULL_OUTCOMES = [
  'read',
  'timeout',
  'connection_failed',
  'connection_broken',
  'name_not_found',
  'certificate_refused',
  'address_refused',
  'credential_refused',
  'rate_limited',
  'carrier_unavailable',
  'carrier_failed',
  'request_refused',
  'answer_too_large',
  'answer_not_text',
  'answer_cut_off',
  'answer_not_of_carrier',
] as const;
export type PullOutcome = (typeof PULL_OUTCOMES)[number];

const OF_FAILURE: Readonly<Record<OutboundFailure, PullOutcome>> = {
  timeout: 'timeout',
  connection_failed: 'connection_failed',
  answer_broken: 'connection_broken',
  name_not_found: 'name_not_found',
  certificate_refused: 'certificate_refused',
  address_refused: 'address_refused',
};

export const outcomeOfFailure = (failure: OutboundFailure): PullOutcome => OF_FAILURE[failure];

/** What the status alone decides; undefined: the body does (404 is how some carriers say that they know no number). */
export function outcomeOfStatus(status: number): PullOutcome | undefined {
  if (status === 401 || status === 403) return 'credential_refused';
  if (status === 429) return 'rate_limited';
  if (status === 503) return 'carrier_unavailable';
  if (status >= 500) return 'carrier_failed';
  return status >= 300 && status < 400 ? 'answer_not_of_carrier' : undefined;
}

/** What an answer that is there says. `status`: below 300 or 4xx. */
export function outcomeOfReading(status: number, { parcels, errors }: CarrierReading): PullOutcome {
  const fault = errors.find(({ name }) => name.startsWith('payload_'))?.name;
  // A refusal of the request itself need not be in the shape of an answer.
  if (fault !== undefined && status >= 400) return 'request_refused';
  if (fault === 'payload_not_text') return 'answer_not_text';
  if (fault === 'payload_unreadable' || fault === 'payload_empty') return 'answer_cut_off';
  if (fault === 'payload_too_large') return 'answer_too_large';
  if (fault !== undefined) return 'answer_not_of_carrier';
  if (parcels.length > 0) return 'read';
  // Many carriers answer 200 and say in the body what went wrong.
  const names = new Set(errors.map(({ name }) => name));
  if (names.has('not_authorised')) return 'credential_refused';
  if (names.has('rate_limited')) return 'rate_limited';
  return names.has('carrier_unavailable') ? 'carrier_unavailable' : 'read';
}

/**
 * What the carrier said about one number. `stale`: less than it told before, so an older copy of its answer;
 * `not_answered`: nothing.
 */
export const NUMBER_RESULTS = ['news', 'no_news', 'stale', 'unknown', 'invalid', 'not_answered'] as const;
export type NumberResult = (typeof NUMBER_RESULTS)[number];

export type NumberAnswer = {
  readonly result: NumberResult;
  readonly parcel: ParcelReading | undefined;
  readonly newestScanAt: Instant | undefined;
};

const plain = (text: string) => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

/** `asked`: all numbers of the request; an error without a number is about the only one. */
export function answerAbout(
  number: string,
  asked: readonly string[],
  reading: CarrierReading,
  knownScanAt: Instant | undefined,
): NumberAnswer {
  const isMeant = (text: string | undefined) => text !== undefined && plain(text) === plain(number);
  const parcel = reading.parcels.find((one) => isMeant(one.number) || one.otherNumbers.some(isMeant));
  if (parcel !== undefined) {
    const times = parcel.scans.map((scan) => scan.time.occurredAt);
    const newestScanAt = times.reduce<Instant | undefined>(
      (a, b) => (a === undefined ? b : latest(a, b)),
      undefined,
    );
    return { result: newsOf(newestScanAt, knownScanAt), parcel, newestScanAt };
  }
  const error = reading.errors.find((one) =>
    one.number === undefined ? asked.length === 1 : isMeant(one.number),
  );
  const result =
    error?.name === 'number_unknown'
      ? 'unknown'
      : error?.name === 'number_invalid'
        ? 'invalid'
        : 'not_answered';
  return { result, parcel: undefined, newestScanAt: undefined };
}

function newsOf(newest: Instant | undefined, known: Instant | undefined): NumberResult {
  if (newest === undefined) return known === undefined ? 'no_news' : 'stale';
  if (known === undefined || newest > known) return 'news';
  return newest === known ? 'no_news' : 'stale';
}
