import {
  agreedStamp,
  countryOfName,
  defineConnector,
  errorNames,
  httpErrorName,
  offsetBetween,
  type ParcelDraft,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readOffset,
  readStamp,
} from '../reading/index.ts';
import { USPS_CODES } from './codes.ts';
import { namedMeaning, readSentence, refusalIn } from './sentence.ts';

export const usps = defineConnector({
  code: 'usps',
  title: 'USPS',
  codes: USPS_CODES,
  formats: [
    { name: 'Tracking API v3', kind: 'json', reads: readV3 },
    { name: 'Web Tools TrackV2', kind: 'xml', reads: readWebTools },
  ],
});

/** One parcel is the whole answer; several come as a list. */
function readV3(root: Part, draft: ReadingDraft): boolean {
  const items = root.list().filter((item) => item.text('trackingNumber') !== undefined || hasRefusal(item));
  for (const item of items) {
    if (hasRefusal(item)) {
      sayRefusal(item, draft);
      continue;
    }
    const parcel = draft.parcel(item, {
      number: item.text('trackingNumber'),
      otherNumbers: [item.text('uniqueMailPieceID')],
      stateCode: item.text('statusCategory'),
      stateText: item.text('statusSummary'),
      estimatedDate: expectedOn(item),
    });
    for (const event of item.list('trackingEvents')) scanV3(parcel, event);
  }
  return items.length > 0;
}

/** A text in its place is a refusal of the log-in, which the frame reads. */
function hasRefusal(item: Part): boolean {
  return (item.part('error').isFilled && item.text('error') === undefined) || item.part('errors').isFilled;
}

/** One of several numbers may be refused: its error stands in its place, with the HTTP status that it would have. */
function sayRefusal(item: Part, draft: ReadingDraft): void {
  const error = item.part('error').isFilled ? item.part('error') : item;
  const first = error.list('errors')[0];
  const code = error.text('code') ?? first?.text('status') ?? item.text('statusCode');
  draft.error(httpErrorName(code), error.text('message') ?? first?.text('detail') ?? first?.text('title'), {
    code,
    number: item.text('trackingNumber'),
    pointer: item.pointer,
  });
}

/** Earlier versions have the day or the time at the top, later ones a group of them. */
function expectedOn(item: Part): string | undefined {
  const group = item.part('deliveryDateExpectation');
  const days = ['expected', 'predicted', 'guaranteed'].flatMap((kind) => [
    item.text(`${kind}DeliveryDate`) ?? group.text(`${kind}DeliveryDate`),
    item.text(`${kind}DeliveryTimeStamp`),
  ]);
  return days.map((day) => readDate(day, 'month_first')).find((day) => day !== undefined);
}

function scanV3(parcel: ParcelDraft, event: Part): void {
  const writtenTime = event.text('eventTimestamp');
  // The local time carries a Z in some answers; its offset stands in a field of its own.
  const local = readStamp(writtenTime?.replace(/Z$/i, ''));
  const greenwich = readStamp(event.text('GMTTimestamp'));
  const zone = readOffset(event.text('GMTOffset')) ?? offsetBetween(local?.local, greenwich?.local);
  const stamp = local && { ...local, ...(zone === undefined ? {} : { zone }) };
  const [code, text] = [event.text('eventCode'), event.text('eventType')];
  parcel.scan(event, {
    code,
    text,
    ...(code === undefined ? { meaning: namedMeaning(text) } : {}),
    stamp: agreedStamp(stamp, event.text('GMTTimestamp')),
    writtenTime,
    place: placeOf(event, {
      city: 'eventCity',
      state: 'eventState',
      zip: event.text('eventZIP') === undefined ? 'eventZIPCode' : 'eventZIP',
      country: 'eventCountry',
    }),
  });
}

/** Source: USPS Web Tools, error numbers of TrackV2. */
const errorName = errorNames({
  '-2147219302': 'number_unknown',
  '-2147219283': 'number_unknown',
  '-2147219301': 'number_invalid',
  '80040B1A': 'not_authorised',
  '80040B18': 'not_authorised',
});

function readWebTools(root: Part, draft: ReadingDraft): boolean {
  const failure = root.part('Error');
  if (failure.exists) sayError(failure, undefined, draft);
  const infos = root.list('TrackResponse', 'TrackInfo');
  for (const item of infos) {
    const number = item.text('@ID');
    const error = item.part('Error');
    if (error.exists) {
      sayError(error, number, draft);
      continue;
    }
    const summary = item.list('TrackSummary')[0]?.text();
    const refused = refusalIn(summary);
    if (refused !== undefined) {
      draft.error(refused, summary, { number, pointer: item.pointer });
      continue;
    }
    const parcel = draft.parcel(item, {
      number,
      stateCode: item.text('StatusCategory'),
      stateText: item.text('StatusSummary'),
      estimatedDate: readDate(
        item.text('PredictedDeliveryDate') ??
          item.text('ExpectedDeliveryDate') ??
          item.text('GuaranteedDeliveryDate'),
        'month_first',
      ),
    });
    for (const event of [...item.list('TrackSummary'), ...item.list('TrackDetail')])
      scanDetail(parcel, event);
  }
  return failure.exists || infos.length > 0;
}

function sayError(error: Part, number: string | undefined, draft: ReadingDraft): void {
  const code = error.text('Number');
  draft.error(errorName(code), error.text('Description'), { code, number, pointer: error.pointer });
}

function scanDetail(parcel: ParcelDraft, event: Part): void {
  // Answers of the plain request are one sentence instead of fields.
  const words = event.text();
  if (words !== undefined) {
    parcel.scan(event, { text: words, ...readSentence(words) });
    return;
  }
  const [date, time] = [event.text('EventDate'), event.text('EventTime')];
  const [code, text] = [event.text('EventCode'), event.text('Event')];
  parcel.scan(event, {
    code,
    text,
    // Without Revision=1 there are no codes.
    ...(code === undefined ? { meaning: namedMeaning(text) } : {}),
    stamp: readDateAndTime(
      date,
      time,
      time === undefined ? undefined : readOffset(event.text('GMTOffset')),
      'month_first',
    ),
    writtenTime: date && [date, time].join(' ').trim(),
    place: placeOf(event, {
      city: 'EventCity',
      state: 'EventState',
      zip: 'EventZIPCode',
      country: 'EventCountry',
    }),
  });
}

/** A state without a country is one of the United States; abroad the country stands alone, by its name. */
function placeOf(
  event: Part,
  names: { readonly city: string; readonly state: string; readonly zip: string; readonly country: string },
): PlaceParts {
  const [city, region, country] = [
    event.text(names.city),
    event.text(names.state),
    event.text(names.country),
  ];
  const isHome = region !== undefined && (country === undefined || /^(US|UNITED STATES)\b/i.test(country));
  const abroad = [city, country].filter((part) => part !== undefined).join(', ');
  return {
    city,
    region,
    postcode: event.text(names.zip),
    country: isHome ? 'US' : (countryOfName(country) ?? country),
    ...(isHome || country === undefined ? {} : { text: abroad }),
  };
}
