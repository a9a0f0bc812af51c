import {
  countryOfName,
  defineConnector,
  instantOf,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readSoapFault,
  readStamp,
  readWeight,
  soapBody,
} from '../reading/index.ts';
import { FEDEX_CODES } from './codes.ts';
import { fedexErrorName } from './errors.ts';

export const fedex = defineConnector({
  code: 'fedex',
  title: 'FedEx',
  codes: FEDEX_CODES,
  formats: [
    { name: 'Track API v1', kind: 'json', reads: readTrackApi },
    { name: 'Track web service (SOAP)', kind: 'xml', reads: readTrackReply },
  ],
});

function readTrackApi(root: Part, draft: ReadingDraft): boolean {
  const errors = root.list('errors');
  for (const error of errors) sayError(error, undefined, draft);
  const results = root.part('output', 'completeTrackResults');
  for (const answer of root.list('output', 'completeTrackResults')) {
    const asked = answer.text('trackingNumber');
    for (const result of answer.list('trackResults')) {
      const error = result.part('error');
      // An error without a word comes beside good results.
      if (error.text('code') ?? error.text('message')) sayError(error, asked, draft);
      else readResult(result, asked, draft);
    }
  }
  const hasAlerts = !results.isFilled && readAlerts(root.part('output', 'alerts'), draft);
  return errors.length > 0 || results.exists || hasAlerts;
}

/**
 * Where nothing was found an alert says so, as code and message or as one text (`CODE - message`). Beside good results
 * alerts are notes; the test server's own alert says nothing of a number.
 */
function readAlerts(alerts: Part, draft: ReadingDraft): boolean {
  const told = alerts.list().map((alert) => {
    const [code, message] = alert.text()?.split(/ *- +/) ?? [alert.text('code'), alert.text('message')];
    return { code, message, pointer: alert.pointer };
  });
  const refusals = told.filter(({ code }) => code !== undefined && code !== 'VIRTUAL.RESPONSE');
  for (const { code, message, pointer } of refusals)
    draft.error(fedexErrorName(code), message, { code, pointer });
  return refusals.length > 0;
}

function sayError(error: Part, number: string | undefined, draft: ReadingDraft): void {
  const code = error.text('code');
  draft.error(fedexErrorName(code), error.text('message'), { code, number, pointer: error.pointer });
}

function readResult(result: Part, asked: string | undefined, draft: ReadingDraft): void {
  const estimated = result
    .list('dateAndTimes')
    .find((one) => one.text('type') === 'ESTIMATED_DELIVERY')
    ?.text('dateTime');
  const window = result.part('estimatedDeliveryTimeWindow', 'window');
  const parcel = draft.parcel(result, {
    number: result.text('trackingNumberInfo', 'trackingNumber') ?? asked,
    otherNumbers: [asked],
    stateCode: result.text('latestStatusDetail', 'code'),
    stateText: result.text('latestStatusDetail', 'description'),
    estimatedDate: readDate(estimated ?? window.text('ends')),
    estimatedFrom: instantOf(readStamp(window.text('begins'))),
    estimatedTo: instantOf(readStamp(window.text('ends'))),
    weightGrams: weightIn(result.list('packageDetails', 'weightAndDimensions', 'weight'), 'value', 'unit'),
  });
  for (const event of result.list('scanEvents')) {
    const writtenTime = event.text('date');
    // An event without a type of its own has the status that it led to.
    const code = event.text('eventType') ?? event.text('derivedStatusCode');
    parcel.scan(event, {
      code,
      text: event.text('eventDescription') ?? event.text('derivedStatus'),
      stamp: readStamp(writtenTime),
      writtenTime,
      place: placeOf(event.part('scanLocation')),
      ...exceptionMeaning(code, event.text('exceptionCode')),
    });
  }
}

/** The same weight stands there in pounds and in kilograms: the first that can be read. */
function weightIn(weights: readonly Part[], value: string, unit: string): number | undefined {
  const grams = weights.map((weight) => readWeight(weight.text(value), weight.text(unit)));
  return grams.find((one) => one !== undefined);
}

/** "Delivery exception" tells why by a second code; one that is not known leaves the first. */
function exceptionMeaning(code: string | undefined, reason: string | undefined) {
  if (code === undefined || reason === undefined) return {};
  const meaning = FEDEX_CODES.meaningOf(`${code}:${reason}`);
  return meaning.milestone === 'unmapped' ? {} : { meaning };
}

function placeOf(address: Part): PlaceParts {
  return {
    city: address.text('city') ?? address.text('City'),
    region: address.text('stateOrProvinceCode') ?? address.text('StateOrProvinceCode'),
    postcode: address.text('postalCode') ?? address.text('PostalCode'),
    country:
      address.text('countryCode') ??
      address.text('CountryCode') ??
      countryOfName(address.text('countryName') ?? address.text('CountryName')),
  };
}

function readTrackReply(root: Part, draft: ReadingDraft): boolean {
  if (readSoapFault(root, draft)) return true;
  const reply = soapBody(root).part('TrackReply');
  if (!reply.exists) return false;
  for (const notification of reply.list('Notifications')) sayNotification(notification, undefined, draft);
  // Version 5 puts the details under the reply, later ones one level deeper.
  const completed = reply.list('CompletedTrackDetails').flatMap((done) => {
    for (const notification of done.list('Notifications')) sayNotification(notification, undefined, draft);
    return done.list('TrackDetails');
  });
  for (const details of [...reply.list('TrackDetails'), ...completed]) {
    const number = details.text('TrackingNumber');
    if (sayNotification(details.part('Notification'), number, draft)) continue;
    readDetails(details, number, draft);
  }
  return true;
}

/** Says an error or failure; warnings and notes come beside good answers. */
function sayNotification(note: Part, number: string | undefined, draft: ReadingDraft): boolean {
  if (!/^(ERROR|FAILURE)$/.test(note.text('Severity') ?? '')) return false;
  const code = note.text('Code');
  draft.error(fedexErrorName(code), note.text('Message'), { code, number, pointer: note.pointer });
  return true;
}

function readDetails(details: Part, number: string | undefined, draft: ReadingDraft): void {
  const parcel = draft.parcel(details, {
    number,
    stateCode: details.text('StatusCode') ?? details.text('StatusDetail', 'Code'),
    stateText: details.text('StatusDescription') ?? details.text('StatusDetail', 'Description'),
    estimatedDate: readDate(
      details.text('EstimatedDeliveryTimestamp') ??
        // Since version 10 all times stand in one list.
        details
          .list('DatesOrTimes')
          .find((one) => one.text('Type') === 'ESTIMATED_DELIVERY')
          ?.text('DateOrTimestamp'),
    ),
    weightGrams: weightIn(details.list('PackageWeight'), 'Value', 'Units'),
  });
  for (const event of details.list('Events')) {
    const writtenTime = event.text('Timestamp');
    parcel.scan(event, {
      code: event.text('EventType'),
      text: event.text('EventDescription'),
      stamp: readStamp(writtenTime),
      writtenTime,
      place: placeOf(event.part('Address')),
      ...exceptionMeaning(event.text('EventType'), event.text('StatusExceptionCode')),
    });
  }
}
