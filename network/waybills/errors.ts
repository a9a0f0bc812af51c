import { ACCOUNT_ERRORS } from '../accounts/index.ts';
import type { Catalogue } from '../kernel/index.ts';

export const WAYBILL_ERRORS = {
  no_number_segment: {
    status: 422,
    title: 'No numbers of this carrier are loaded',
    advice: 'Ask the operator or the carrier to load a number segment, or choose another carrier.',
  },
  stock_exhausted: {
    status: 422,
    title: 'The stock of numbers is used up',
    advice: 'Load another number segment for this carrier and organisation.',
  },
  issuing_fenced: {
    status: 503,
    title: 'Numbers are not issued until a restore is confirmed',
    advice: 'The operator confirms by POST /v1/number-segments/restore-confirmation.',
  },
  numbers_not_ready: {
    status: 503,
    title: 'More numbers were asked for at once than are prepared',
    advice: 'Send the request again.',
  },
  party_given_twice: {
    status: 422,
    title: 'A party is given by its reference and by its data',
    advice: 'Send sender or sender_ref, recipient or recipient_ref, not both.',
  },
  issuing_not_fenced: {
    status: 409,
    title: 'There is no restore to confirm',
    advice: 'Nothing to do: numbers are being issued.',
  },
  marks_missing: {
    status: 422,
    title: 'The high-water marks are lost',
    advice: 'Give used_up_to for every segment that the errors name, from the carrier or the last labels.',
  },
  segment_overlap: {
    status: 422,
    title: 'These numbers are loaded already',
    advice: 'Load a range that no other segment holds, or close the older one and wait for its rest period.',
  },
  segment_resting: {
    status: 422,
    title: 'These numbers rest after their last use',
    advice: 'Load them again after the instant in the detail.',
  },
  segment_malformed: {
    status: 422,
    title: 'These numbers cannot be built',
    advice:
      'Check prefix, digits, range, suffix and check rule against the carrier; the detail says what is wrong.',
  },
  segment_closed: { status: 409, title: 'The segment is closed', advice: 'Load a new segment.' },
  carrier_unknown: {
    status: 422,
    title: 'There is no such carrier',
    advice: 'Take a code from the registry of carriers.',
  },
  carrier_not_yours: {
    status: 422,
    title: 'A carrier acts for itself only',
    advice: 'Give your own carrier code.',
  },
  organisation_unknown: ACCOUNT_ERRORS.organisation_unknown,
  object_id_invalid: {
    status: 422,
    title: 'The object id is not usable',
    advice: 'Use 1 to 64 letters, digits, dots, colons, underscores and hyphens.',
  },
  object_id_repeated: {
    status: 422,
    title: 'The object id stands twice in this batch',
    advice: 'Give each wish its own object id; the first one counts.',
  },
  object_id_reused: {
    status: 422,
    title: 'The object id was used with another carrier',
    advice: 'Use a new object id for a new number.',
  },
  order_refs_invalid: {
    status: 422,
    title: 'The order references are not usable',
    advice: 'Give at most 100, each 1 to 64 letters, digits, underscores and hyphens.',
  },
  package_id_invalid: {
    status: 422,
    title: 'The package id is not usable',
    advice: 'Use 1 to 64 letters, digits and underscores.',
  },
  pieces_invalid: {
    status: 422,
    title: 'The pieces do not fit together',
    advice:
      'A piece has an index from 1 to the count (at most 999) and hangs on a waybill of the same carrier.',
  },
  parent_waybill_unknown: {
    status: 422,
    title: 'The parent waybill is not there',
    advice: 'Name a living waybill of the same organisation and carrier that is not a piece itself.',
  },
  waybill_already_scanned: {
    status: 409,
    title: 'The carrier has scanned this parcel',
    advice: 'After the first scan ask for an interception instead.',
  },
  waybill_state_conflict: {
    status: 409,
    title: 'The waybill is in a state that does not allow this',
    advice: 'Read the waybill again; its status is in the detail.',
  },
  waybill_has_pieces: {
    status: 409,
    title: 'Pieces hang on this waybill',
    advice: 'Cancel the pieces first.',
  },
  waybill_version_conflict: {
    status: 409,
    title: 'The waybill was changed meanwhile',
    advice: 'Read it again and repeat.',
  },
  reprint_limit_reached: {
    status: 422,
    title: 'This label was printed too often',
    advice: 'At most 10 reprints in 2 days; wait, or cancel and issue anew.',
  },
  label_unavailable: {
    status: 503,
    title: 'The label press is busy',
    advice: 'Send the request again in a moment.',
  },
  label_gone: { status: 410, title: 'The label is not kept any more', advice: 'Print it again.' },
  routing_rows_invalid: {
    status: 422,
    title: 'Some rows are wrong, so none was loaded',
    advice: 'Mend the rows that the errors name and send all again.',
  },
  route_already_resolved: {
    status: 409,
    title: 'This waybill has a route',
    advice: 'Nothing to do; read the waybill.',
  },
} as const satisfies Catalogue;
export type WaybillErrorCode = keyof typeof WAYBILL_ERRORS;
