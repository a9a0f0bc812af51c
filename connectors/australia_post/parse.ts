import {
  defineConnector,
  errorNames,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readStamp,
} from '../reading/index.ts';
import { AUSTRALIA_POST_CODES } from './codes.ts';

export const australiaPost = defineConnector({
  code: 'australia_post',
  title: 'Australia Post, StarTrack',
  codes: AUSTRALIA_POST_CODES,
  formats: [{ name: 'Track items', kind: 'json', reads: readResults }],
});

/** Source: Australia Post Shipping and Tracking API, error codes. */
const errorName = errorNames({
  'ESB-10001': 'number_invalid',
  'ESB-10002': 'number_unknown',
  API_001: 'not_authorised',
  API_002: 'rate_limited',
  'ESB-20010': 'carrier_unavailable',
  'ESB-20050': 'carrier_unavailable',
  '51104': 'number_invalid',
});

function readResults(root: Part, draft: ReadingDraft): boolean {
  const errors = root.list('errors');
  for (const error of errors) sayError(error, undefined, draft);
  for (const result of root.list('tracking_results')) {
    const asked = result.text('tracking_id');
    for (const error of result.list('errors')) sayError(error, asked, draft);
    if (result.part('consignment', 'events').exists)
      readItem(result.part('consignment'), asked, result.text('status'), draft);
    for (const item of result.list('trackable_items')) {
      // A consignment of several articles holds them one level deeper.
      const articles = item.list('items');
      if (articles.length === 0 || item.part('events').isFilled)
        readItem(item, asked, result.text('status'), draft);
      for (const article of articles) readItem(article, asked, item.text('status'), draft);
    }
  }
  return errors.length > 0 || root.part('tracking_results').exists;
}

function sayError(error: Part, number: string | undefined, draft: ReadingDraft): void {
  const code = error.text('code') ?? error.text('error_code');
  draft.error(errorName(code), error.text('message') ?? error.text('name') ?? error.text('error_name'), {
    code,
    number,
    pointer: error.pointer,
  });
}

function readItem(
  item: Part,
  asked: string | undefined,
  state: string | undefined,
  draft: ReadingDraft,
): void {
  const parcel = draft.parcel(item, {
    number: item.text('article_id') ?? item.text('consignment_id') ?? asked,
    otherNumbers: [asked],
    stateCode: item.text('status') ?? state,
  });
  for (const event of item.list('events')) {
    const writtenTime = event.text('date');
    const text = event.text('description');
    parcel.scan(event, {
      text,
      stamp: readStamp(writtenTime),
      writtenTime,
      place: placeOf(event.text('location')),
      meaning: AUSTRALIA_POST_CODES.meaningOf(text),
    });
  }
}

/** `ALEXANDRIA NSW`, of parcels from abroad `SYDNEY (AU)`; anything else stays as it is. */
function placeOf(location: string | undefined): PlaceParts {
  const [, city, code] = /^([^()]{1,80}) \(([A-Z]{2})\)$/.exec(location ?? '') ?? [];
  if (code !== undefined) return { text: location, city, country: code };
  const state = / (ACT|NSW|NT|QLD|SA|TAS|VIC|WA)$/.exec(location?.slice(-5) ?? '')?.[1];
  if (location === undefined || state === undefined) return { text: location };
  return { text: location, city: location.slice(0, -state.length).trim(), region: state, country: 'AU' };
}
