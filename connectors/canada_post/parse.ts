import type { ReadMeaning } from '../../network/tracking/connector-contract.ts';
import {
  countryOfName,
  defineConnector,
  errorNames,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  soapBody,
} from '../reading/index.ts';
import { CANADA_POST_CODES } from './codes.ts';

export const canadaPost = defineConnector({
  code: 'canada_post',
  title: 'Canada Post',
  codes: CANADA_POST_CODES,
  formats: [
    { name: 'Tracking details', kind: 'xml', reads: readDetails },
    { name: 'Tracking summary', kind: 'xml', reads: readSummary },
  ],
});

/** Source: Canada Post developer programme, error codes of tracking and of the gateway. */
const errorName = errorNames({
  '004': 'number_unknown',
  '9118': 'number_unknown',
  AA001: 'not_authorised',
  AA002: 'not_authorised',
  AA003: 'not_authorised',
  AA004: 'not_authorised',
  AA005: 'not_authorised',
  AA006: 'not_authorised',
  E002: 'not_authorised',
});

/** Abbreviations as Canada Post uses them: fixed offsets, whatever season the place itself is in. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['NST', '-03:30'],
  ['NDT', '-02:30'],
  ['AST', '-04:00'],
  ['ADT', '-03:00'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
]);

const PROVINCES: ReadonlySet<string> = new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' '));

/**
 * Abroad the site is a country or ends with one (`02650,Israel`), and the province empty or a state; a name of a country
 * may stand where the zone does.
 */
function placeOf(site: string | undefined, region: string | undefined, zone?: string): PlaceParts {
  if (PROVINCES.has(region?.toUpperCase() ?? '')) return { city: site, region, country: 'CA' };
  const behind = site?.slice(site.lastIndexOf(',') + 1).trim();
  return { city: site, region, country: countryOfName(site) ?? countryOfName(behind) ?? countryNamed(zone) };
}

/** A code of three letters in the place of a zone is an abbreviation of a clock, and no country. */
function countryNamed(text: string | undefined): string | undefined {
  return text === undefined || text.length < 4 ? undefined : countryOfName(text);
}

/** The way back has the codes of the way out: only the description tells. */
function meaningOf(code: string | undefined, text: string | undefined): ReadMeaning {
  const meaning = CANADA_POST_CODES.meaningOf(code?.replace(/^0{1,3}/, ''));
  const isBack = /^(?:l'article (?:a été )?renvoyé |tentative de renvoyer (?:l')?article )/i.test(text ?? '');
  if (!isBack || meaning.milestone === 'unmapped') return meaning;
  return { milestone: meaning.milestone === 'delivered' ? 'returned' : 'returning' };
}

/** The web service wraps what the REST interface answers. */
function inside(root: Part, operation: string): Part {
  const answer = soapBody(root).part(operation);
  return answer.exists ? answer : root;
}

function readDetails(document: Part, draft: ReadingDraft): boolean {
  const root = inside(document, 'get-tracking-detail-response');
  const messages = root.list('messages', 'message');
  for (const message of messages) {
    const code = message.text('code');
    const words = message.text('description');
    // The same code stands for every fault of the gateway; its service level monitor is the one that counts requests.
    const isThrottled = code === 'Server' && words === 'Rejected by SLM Monitor';
    draft.error(isThrottled ? 'rate_limited' : errorName(code), words, { code, pointer: message.pointer });
  }
  for (const details of root.list('tracking-detail')) {
    const parcel = draft.parcel(details, {
      number: details.text('pin'),
      otherNumbers: [details.text('original-pin'), details.text('return-pin')],
      estimatedDate: readDate(
        details.text('changed-expected-date') ?? details.text('expected-delivery-date'),
      ),
    });
    for (const event of details.list('significant-events', 'occurrence')) {
      const [date, time] = [event.text('event-date'), event.text('event-time')];
      const [code, text] = [event.text('event-identifier'), event.text('event-description')];
      const zone = event.text('event-time-zone');
      parcel.scan(event, {
        code,
        text,
        stamp: readDateAndTime(date, time, ZONES.get(zone?.toUpperCase() ?? '')),
        writtenTime: date && [date, time].join(' ').trim(),
        place: placeOf(event.text('event-site'), event.text('event-province'), zone),
        meaning: meaningOf(code, text),
      });
    }
  }
  return messages.length > 0 || root.part('tracking-detail').exists;
}

/** The latest event alone, of one or several numbers; its time has no zone and its site no province. */
function readSummary(root: Part, draft: ReadingDraft): boolean {
  const summary = inside(root, 'get-tracking-summary-response').part('tracking-summary');
  for (const item of summary.list('pin-summary')) {
    const parcel = draft.parcel(item, {
      number: item.text('pin'),
      otherNumbers: [item.text('return-pin')],
      estimatedDate: readDate(item.text('expected-delivery-date')),
    });
    const writtenTime = item.text('event-date-time');
    const [date, time] = writtenTime?.split(':') ?? [];
    parcel.scan(item, {
      code: item.text('event-type'),
      text: item.text('event-description'),
      stamp: readDateAndTime(date, time),
      writtenTime,
      place: { city: item.text('event-location') },
    });
  }
  return summary.exists;
}
