import type { Catalogue } from '../kernel/index.ts';

/** Refusals of whole requests; those of single lines of a batch are LINE_REFUSALS. */
export const TRACKING_ERRORS = {
  track_not_found: {
    status: 404,
    title: 'No parcel fits what was given',
    advice:
      'Check the number and the last four digits of the recipient\u2019s phone, or ask the shop for a new link.',
  },
  scan_batch_too_large: {
    status: 422,
    title: 'Too many scans in one request',
    advice: 'Send at most 1,000 in a JSON batch and 10,000 lines as NDJSON or rows as CSV.',
  },
  scan_file_unreadable: {
    status: 422,
    title: 'The file is no table of scans that we know',
    advice: 'Send CSV in UTF-8 whose header has number and other columns of docs/scans-csv.md.',
  },
  carrier_payload_unreadable: {
    status: 422,
    title: 'The payload is nothing that this carrier sends',
    advice:
      'Send the carrier\u2019s answer as it came; docs/connectors.md tells the formats and the names of errors.',
  },
  scan_batch_busy: {
    status: 409,
    title: 'These parcels are being changed by others',
    advice: 'Send the same batch again; scans that were taken are answered as duplicates.',
  },
  container_number_unusable: {
    status: 422,
    title: 'Nothing can be said about this container',
    advice:
      'Send a number of 4 to 40 letters and digits, its carrier where several use it, and an instant of the past.',
  },
  container_full: {
    status: 422,
    title: 'A container holds at most 1,000 parcels over its life',
    advice: 'Put smaller containers into a larger one, or give it a new number for its next journey.',
  },
  correction_in_future: {
    status: 422,
    title: 'A correction tells of what has happened',
    advice: 'Give an instant that is at most 10 minutes ahead of the clock of this world.',
  },
  code_already_known: {
    status: 422,
    title: 'A shipped table knows this code',
    advice: 'A mapping is for codes that nobody understands; correct single scans that are wrong.',
  },
  code_never_seen: {
    status: 422,
    title: 'No scan with this code came from this source',
    advice: 'Take source, format and code from GET /v1/unmapped-codes.',
  },
  code_detail_unfitting: {
    status: 422,
    title: 'The detail belongs to another milestone',
    advice: 'Leave substatus out, or give one of the status that the milestone leads to.',
  },
  code_mapping_unchanged: {
    status: 409,
    title: 'The mapping says that already',
    advice: 'Look at its versions; there is nothing to do.',
  },
  code_mapping_changed: {
    status: 409,
    title: 'Somebody else changed this mapping just now',
    advice: 'Look at its newest version and decide again.',
  },
  status_already_reported: {
    status: 409,
    title: 'This state of the parcel was reported already',
    advice: 'Wait for the answer; when the parcel has news, it can be reported again.',
  },
  status_step_unknown: {
    status: 422,
    title: 'The parcel has no such entry',
    advice:
      'Take milestone and occurred_at from steps of POST /v1/track, and parcel from the order of its parcels.',
  },
  status_report_not_open: {
    status: 409,
    title: 'This report was answered already',
    advice: 'Read its answer; close it, or wait for another report.',
  },
  status_report_not_answered: {
    status: 409,
    title: 'Only a report that was answered is closed',
    advice: 'Answer it first: the buyer waits for that.',
  },
  link_limit_reached: {
    status: 422,
    title: 'Too many active links for this parcel',
    advice: 'Revoke one first.',
  },
} as const satisfies Catalogue;
export type TrackingErrorCode = keyof typeof TRACKING_ERRORS;

/** Why one line of a batch was refused; the other lines go on. */
export const LINE_REFUSALS = [
  'malformed_line',
  'invalid_scan',
  'number_not_readable',
  'number_unknown',
  'number_ambiguous',
  'occurred_in_future',
  'correction_has_own_route',
  'synthetic_in_live',
] as const;
export type LineRefusal = (typeof LINE_REFUSALS)[number];
