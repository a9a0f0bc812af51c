import type { Catalogue } from '../kernel/index.ts';

export const MAILING_ERRORS = {
  mailing_state_conflict: {
    status: 409,
    title: 'The mailing is not in a state for this',
    advice:
      'Read it; it changes and is cancelled until a counter has the parcel, and undone until a courier has it.',
  },
  mailing_not_found: {
    status: 404,
    title: 'Nothing fits these details',
    advice: 'The token opens one mailing for a while; order again, or ask where it was ordered.',
  },
  mailing_object_reused: {
    status: 409,
    title: 'This object_id is another mailing',
    advice: 'Give each mailing a handle of its own; the same handle with the same content is a repetition.',
  },
  mailing_line_unfit: {
    status: 422,
    title: 'This line does not take the parcel',
    advice: 'Quote again: each line that does not says why.',
  },
  mailing_price_changed: {
    status: 422,
    title: 'The price is not the one that was agreed',
    advice: 'The detail says what it costs now; ask the sender, and repeat with that as agreed_total.',
  },
  mailing_ceiling_too_low: {
    status: 422,
    title: 'The ceiling is below the price',
    advice:
      'It is the most that may be charged without asking again: the agreed total or more, in its currency.',
  },
  mailing_too_many_open: {
    status: 422,
    title: 'Too many mailings of this sender wait for a counter',
    advice: 'Bring those that are there, or cancel them.',
  },
  mailing_payment_unfit: {
    status: 422,
    title: 'It cannot be paid like this',
    advice: 'A person without an account has no wallet: he pays where he hands it over.',
  },
  mailing_handover_unavailable: {
    status: 422,
    title: 'It cannot be handed over like this',
    advice: 'Take a point or window of the options; say where you are where an address does not tell it.',
  },
  mailing_code_wrong: {
    status: 422,
    title: 'The code opens nothing here',
    advice: 'Type it again or scan the QR; who was sent elsewhere may have a newer one.',
  },
  mailing_code_locked: {
    status: 422,
    title: 'Too many wrong codes',
    advice: 'Wait until the hour is over; another clerk may go on.',
  },
  mailing_point_unfit: {
    status: 422,
    title: 'This point takes no mailings',
    advice: 'Name a point of yours that has the service and works now.',
  },
  mailing_visit_over: {
    status: 422,
    title: 'The visit is over',
    advice: 'Read the code again.',
  },
  mailing_identity_missing: {
    status: 422,
    title: 'A document has to be seen',
    advice:
      'Look at a document of a kind that the market takes and name the kind; who shows none is turned away.',
  },
  mailing_inspection_incomplete: {
    status: 422,
    title: 'The parcel was not looked into',
    advice:
      'Answer each check of the market with yes and give the mark; where one does not hold, turn it away.',
  },
  mailing_price_list_not_shown: {
    status: 422,
    title: 'The price list has to be shown',
    advice: 'Show it to the sender and say so.',
  },
  mailing_consent_needed: {
    status: 422,
    title: 'It costs more than was agreed to',
    advice: 'The detail says what it costs now; ask the sender, and repeat with that as agreed_total.',
  },
  mailing_payment_mismatch: {
    status: 422,
    title: 'The payment is not what is to be collected',
    advice:
      'The detail says what the counter collects; name the method and exactly that amount, or none at all.',
  },
  mailing_number_needed: {
    status: 422,
    title: 'The parcel has no number of the network',
    advice: 'The label is that of the number that the clerk stuck on.',
  },
} as const satisfies Catalogue;
export type MailingErrorCode = keyof typeof MAILING_ERRORS;
