import {
  defineConnector,
  errorNames,
  type Part,
  type ReadingDraft,
  readDateAndTime,
  readStamp,
  readWeight,
} from '../reading/index.ts';
import { GLS_CODES } from './codes.ts';

export const gls = defineConnector({
  code: 'gls',
  title: 'GLS',
  codes: GLS_CODES,
  formats: [
    { name: 'Track and trace v1', kind: 'json', reads: readParcels },
    { name: 'Public parcel status (tuStatus)', kind: 'json', reads: readUnits },
  ],
});

/** Source: GLS Group track and trace, error codes. */
const errorName = errorNames({
  NO_DATA_FOUND: 'number_unknown',
  PARCEL_NOT_FOUND: 'number_unknown',
  INVALID_PARCEL_ID: 'number_invalid',
  INVALID_CREDENTIALS: 'not_authorised',
  E998: 'number_unknown',
  E_404_01: 'number_unknown',
  E_500_01: 'carrier_unavailable',
});

function readParcels(root: Part, draft: ReadingDraft): boolean {
  const items = root.list('parcels');
  for (const item of items) {
    const number = item.text('unitno') ?? item.text('requested');
    if (item.text('errorCode') !== undefined) {
      sayError(item, number, draft);
      continue;
    }
    const parcel = draft.parcel(item, {
      number,
      otherNumbers: [item.text('requested')],
      stateCode: item.text('status'),
    });
    const events = item.list('events');
    // Asked without events there is the latest state and its time.
    const stateTime = item.text('statusDateTime');
    if (events.length === 0 && stateTime !== undefined)
      parcel.scan(item, { code: item.text('status'), stamp: readStamp(stateTime), writtenTime: stateTime });
    for (const event of events) {
      const writtenTime = event.text('eventDateTime');
      parcel.scan(event, {
        code: event.text('code'),
        text: event.text('description'),
        stamp: readStamp(writtenTime),
        writtenTime,
        place: {
          city: event.text('city'),
          postcode: event.text('postalCode'),
          country: event.text('country'),
        },
      });
    }
  }
  if (items.length === 0 && root.text('errorCode') !== undefined) {
    sayError(root, undefined, draft);
    return true;
  }
  return root.part('parcels').exists;
}

function sayError(at: Part, number: string | undefined, draft: ReadingDraft): void {
  const code = at.text('errorCode');
  draft.error(errorName(code), at.text('errorMessage'), { code, number, pointer: at.pointer });
}

/** `{ type: 'WEIGHT', value: '1.5 kg' }` among other facts of the parcel. */
function weightIn(infos: readonly Part[]): number | undefined {
  const [value, unit] =
    infos
      .find((info) => info.text('type') === 'WEIGHT')
      ?.text('value')
      ?.split(/\s+/) ?? [];
  return readWeight(value, unit);
}

/** The public page: a history in words, and one state for all of it. */
function readUnits(root: Part, draft: ReadingDraft): boolean {
  const exception = root.text('exceptionText');
  if (exception !== undefined) {
    const code = root.text('lastError');
    draft.error(errorName(code), exception, { code });
    return true;
  }
  for (const unit of root.list('tuStatus')) {
    const parcel = draft.parcel(unit, {
      number: unit.text('tuNo'),
      stateCode: unit.text('progressBar', 'statusInfo'),
      stateText: unit.text('progressBar', 'statusText'),
      weightGrams: weightIn(unit.list('infos')),
    });
    for (const event of unit.list('history')) {
      const [date, time] = [event.text('date'), event.text('time')];
      parcel.scan(event, {
        text: event.text('evtDscr'),
        stamp: readDateAndTime(date, time),
        writtenTime: date && [date, time].join(' ').trim(),
        place: { city: event.text('address', 'city'), country: event.text('address', 'countryCode') },
      });
    }
  }
  return root.part('tuStatus').exists;
}
