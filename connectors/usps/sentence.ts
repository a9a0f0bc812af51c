import type { ReadMeaning } from '../../network/tracking/connector-contract.ts';
import { countryOfName, type PlaceParts, readDateAndTime, type Stamp } from '../reading/index.ts';
import { USPS_EVENT_NAMES } from './codes.ts';

export type Sentence = {
  /** Undefined when it tells no day, or one without a year. */
  readonly stamp: Stamp | undefined;
  /** What it tells of a time. */
  readonly writtenTime: string | undefined;
  readonly place: PlaceParts;
  readonly meaning: ReadMeaning;
};

const DAY = '[A-Z][a-z]{2,8} \\d{1,2}, ?\\d{4}|\\d{1,2}/\\d{1,2}/\\d{4}';
const TIME = '\\d{1,2}:\\d{2} ?[ap]\\.?m\\.?';
/** `Sorting Complete, March 2, 2026, 7:59 am, NEW YORK, NY 10022` */
const LISTED = new RegExp(`^(.{2,120}?), (${DAY})(?:, (${TIME}))?(?:, (.{2,80}?))?\\.?$`, 'i');
/** `Your item was delivered at 8:10 am on June 1, 2026 in DENVER, CO 80202.`, and what else has happened to it. */
const TOLD = new RegExp(
  `^Your (?:item|package) ((?:was|has been|arrived|departed|left) .{0,120}?|is out for delivery.{0,80}?) ?(?:at (${TIME}) on (${DAY})|on (${DAY}) at (${TIME}))(?: in ([^.]{2,80}))?(?:\\.|$)`,
  'i',
);
/** A month and a day, whatever stands behind them. */
const SOME_DAY =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}\b|\b\d{1,2}\/\d{1,2}\b/i;

const UNMAPPED: ReadMeaning = { milestone: 'unmapped' };

/**
 * A status that is one sentence: the summary and the details of the plain request. Source: USPS Web Tools, Track and Confirm
 * user guide: sample responses; dates in figures are mm/dd/yyyy there. What a sentence does not say is not added: the guide's
 * short form (`February 6 6:49 am NOTICE LEFT BARTOW FL 33830`) has no year, so its time is unreadable.
 */
export function readSentence(text: string): Sentence {
  const given = text.slice(0, 400).replaceAll(/\s+/g, ' ').trim();
  const [, name, day, time, where] = LISTED.exec(given) ?? [];
  if (day !== undefined) return sentence(day, time, where, namedMeaning(name));
  const [, what = '', timeBefore, dayBehind, dayBefore, timeBehind, town] = TOLD.exec(given) ?? [];
  const told = dayBehind ?? dayBefore;
  if (told !== undefined) {
    const inside = / in ([^,.]{2,60}, [A-Z]{2} \d{5}(?:-\d{4})?)$/.exec(what)?.[1];
    return sentence(told, timeBefore ?? timeBehind, town ?? inside, toldMeaning(what));
  }
  return {
    stamp: undefined,
    writtenTime: SOME_DAY.test(given) ? given : undefined,
    place: {},
    meaning: UNMAPPED,
  };
}

function sentence(
  day: string,
  time: string | undefined,
  where: string | undefined,
  meaning: ReadMeaning,
): Sentence {
  return {
    stamp: readDateAndTime(day, time, undefined, 'month_first'),
    writtenTime: [day, time].filter((part) => part !== undefined).join(' '),
    place: placeIn(where),
    meaning,
  };
}

/** Of an event without a code: its name, with what follows a comma or stands in brackets left aside. */
export function namedMeaning(name: string | undefined): ReadMeaning {
  const words = (name ?? '').slice(0, 200).toUpperCase();
  const whole = USPS_EVENT_NAMES.meaningOf(words);
  if (whole.milestone !== 'unmapped') return whole;
  const [first = '', ...rest] = words.split(/, | \(/);
  if (first === 'DELIVERED') return toldMeaning(words);
  return rest.length === 0 ? UNMAPPED : USPS_EVENT_NAMES.meaningOf(first);
}

/** A sender that has it back is no recipient; an agent is asked to deliver it. */
function toldMeaning(what: string): ReadMeaning {
  if (!/\bdelivered\b/i.test(what) || /\b(?:agent|not|could)\b/i.test(what)) {
    return /^is out for delivery/i.test(what) ? { milestone: 'out_for_delivery' } : UNMAPPED;
  }
  return { milestone: /\bsender\b/i.test(what) ? 'returned' : 'delivered' };
}

/** `DENVER, CO 80202`, `Wilmington DE 19801`, `33699`, `TOKYO, JAPAN`, else the name of a facility. */
function placeIn(where: string | undefined): PlaceParts {
  const [, city, region, postcode] =
    /^([^,]{2,60}?),? ([A-Z]{2})(?: (\d{5}(?:-\d{4})?))?$/.exec(where ?? '') ?? [];
  if (region !== undefined && (postcode !== undefined || where?.includes(',')))
    return { city, region, postcode, country: 'US' };
  if (/^\d{5}(?:-\d{4})?$/.test(where ?? '')) return { postcode: where, country: 'US' };
  const [town, land] = where?.split(/, (?=[^,]+$)/) ?? [];
  const country = countryOfName(land ?? town);
  if (country === undefined) return { facility: where };
  return { text: where, country, ...(land === undefined ? {} : { city: town }) };
}

/** Source: the same guide: what stands there instead of a status. */
export function refusalIn(text: string | undefined) {
  if (/^There is no record of that mail item\b/i.test(text ?? '')) return 'number_unknown';
  if (/^The Postal Service could not locate (?:the|any) tracking information\b/i.test(text ?? ''))
    return 'number_unknown';
  return /^That['\u2019]s not a valid number\b/i.test(text ?? '') ? 'number_invalid' : undefined;
}
