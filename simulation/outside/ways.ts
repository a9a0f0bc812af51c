/** Ways of shipping outside the network's lines that are honest, however odd some of them look. */
export const HONEST_WAYS = [
  'plain',
  /** The carrier's line to us is down for days: everything of that time comes at once. */
  'outage',
  /** The number had another life more than a year ago. */
  'recycled_number',
  /** One order in two parcels. */
  'split_order',
  /** Two orders of one buyer in one parcel. */
  'shared_parcel',
  /** A digit is wrong at first, and put right within a day. */
  'typing_error',
  /** Handed over in time; the carrier tells nobody for a week and a half. */
  'late_scans',
  /** The carrier subtracts its offset from UTC twice. */
  'wrong_zone',
  /** The carrier writes local times without a zone, and names no more of a place than its country. */
  'unknown_zone',
  /** Delivered, and sent back by the buyer under the same number. */
  'returned_after_delivery',
  /** A real carrier that no marketplace recognises. */
  'unrecognised_carrier',
  /** To the buyer's office, a postcode further. */
  'next_postcode',
  /** Declared before a holiday, brought to the carrier after it: five working days, though more of the calendar. */
  'holiday_drop_off',
  /** A neighbour took it in; the buyer says that nothing came. */
  'buyer_mistaken',
  /** One scale tells what stands on its label printer, the next one what the parcel weighs. */
  'odd_scale',
] as const;
export type HonestWay = (typeof HONEST_WAYS)[number];

/** Ways of claiming a shipment that was none, or was another one. */
export const SCHEMES = [
  /** A number whose check digit is wrong. */
  'invented_number',
  /** A number that looks right and was never printed. */
  'invented_right_digit',
  /** A real number, delivered to somebody before the order was placed. */
  'delivered_before_order',
  'other_country',
  /** The right country, another city. */
  'other_city',
  /** A neighbour's parcel, which its own merchant declares as well. */
  'right_postcode',
  /** A neighbour's parcel of which nobody here has heard; the buyer gets nothing. */
  'unseen_neighbour',
  /** One parcel for several buyers; the first of them really gets it. */
  'reused_number',
  /** The label was made, and never used. */
  'never_used_label',
  /** A number of the network that was given back. */
  'released_number',
  /** Sold as express, sent as the cheapest letter post. */
  'economy_as_fast',
  /** Said to be sent from the buyer's country, and sent from another. */
  'other_ship_from',
  /** Next to nothing, to an accomplice elsewhere in the buyer's city; the buyer gets nothing. */
  'brushing',
  /** Nobody but a re-publisher whom no marketplace recognises tells of it. */
  'aggregator_only',
  /** An own parcel until the first scan, another's afterwards. */
  'swap_after_scan',
  /** Several merchants claim one and the same parcel. */
  'collusion',
] as const;
export type Scheme = (typeof SCHEMES)[number];

export type Way = HonestWay | Scheme;

export const isScheme = (way: Way): way is Scheme => (SCHEMES as readonly string[]).includes(way);

/**
 * How often each happens. Three honest merchants in four, and of what they ship most is plain; all shares are our
 * assumptions, chosen so that each way is seen often enough to say something of it.
 */
export const HONEST_SHARES: readonly (readonly [HonestWay, number])[] = [
  ['plain', 50],
  ['outage', 5],
  ['recycled_number', 4],
  ['split_order', 5],
  ['shared_parcel', 5],
  ['typing_error', 5],
  ['late_scans', 3],
  ['wrong_zone', 4],
  ['unknown_zone', 4],
  ['returned_after_delivery', 4],
  ['unrecognised_carrier', 4],
  ['next_postcode', 4],
  ['holiday_drop_off', 3],
  ['buyer_mistaken', 3],
  ['odd_scale', 3],
];
