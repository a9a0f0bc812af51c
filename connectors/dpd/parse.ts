import {
  defineConnector,
  errorNames,
  type Part,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readStamp,
} from '../reading/index.ts';
import { DPD_CODES } from './codes.ts';

export const dpd = defineConnector({
  code: 'dpd',
  title: 'DPD',
  codes: DPD_CODES,
  formats: [
    { name: 'Tracking API', kind: 'json', reads: readTracking },
    { name: 'Parcel life cycle', kind: 'json', reads: readLifeCycle },
  ],
});

/** Source: DPD Group tracking API, errors. */
const errorName = errorNames({
  UNAUTHORIZED: 'not_authorised',
  PARCEL_NOT_FOUND: 'number_unknown',
  NOT_FOUND: 'number_unknown',
  INVALID_PARCEL_NUMBER: 'number_invalid',
  TOO_MANY_REQUESTS: 'rate_limited',
});

function readTracking(root: Part, draft: ReadingDraft): boolean {
  const errors = root.list('errors');
  for (const error of errors) {
    const code = error.text('errorCode') ?? error.text('code');
    draft.error(errorName(code), error.text('errorMessage') ?? error.text('message'), {
      code,
      pointer: error.pointer,
    });
  }
  const items = root.list().filter((item) => item.text('trackingNumber') !== undefined);
  for (const item of items) {
    const parcel = draft.parcel(item, {
      number: item.text('trackingNumber'),
      otherNumbers: [item.text('shipmentId')],
      stateCode: item.text('status'),
      stateText: item.text('statusDescription'),
      estimatedDate: readDate(item.text('estimatedDelivery')),
    });
    for (const event of item.list('events')) {
      const writtenTime = event.text('timestamp');
      parcel.scan(event, {
        code: event.text('status'),
        text: event.text('description'),
        stamp: readStamp(writtenTime),
        writtenTime,
        place: {
          city: event.text('location', 'city'),
          postcode: event.text('location', 'postalCode'),
          country: event.text('location', 'country'),
        },
      });
    }
  }
  return errors.length > 0 || items.length > 0;
}

/** Steps of the life, of which only those that were reached have a date. */
function readLifeCycle(root: Part, draft: ReadingDraft): boolean {
  const answer = root.part('parcellifecycleResponse');
  const life = answer.part('parcelLifeCycleData');
  if (!answer.exists) return false;
  if (!life.isFilled) {
    draft.error('number_unknown', 'The life cycle of the parcel is empty.', { pointer: life.pointer });
    return true;
  }
  const parcel = draft.parcel(life, { number: life.text('shipmentInfo', 'parcelLabelNumber') });
  for (const step of life.list('statusInfo')) {
    const writtenTime = step.text('date');
    if (step.text('statusHasBeenReached') === 'false' || writtenTime === undefined) continue;
    const [date, time] = writtenTime.split(/,? /);
    const location = step.text('location');
    parcel.scan(step, {
      code: step.text('status'),
      text: step.list('description', 'content')[0]?.text() ?? step.text('label'),
      stamp: readDateAndTime(date, time),
      writtenTime,
      place: { text: location, country: /\(([A-Z]{2})\)$/.exec(location?.slice(-10) ?? '')?.[1] },
    });
  }
  return true;
}
