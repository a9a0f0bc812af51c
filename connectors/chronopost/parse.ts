import {
  defineConnector,
  errorNames,
  type Part,
  type ReadingDraft,
  readSoapFault,
  readStamp,
  soapBody,
} from '../reading/index.ts';
import { CHRONOPOST_CODES } from './codes.ts';

export const chronopost = defineConnector({
  code: 'chronopost',
  title: 'Chronopost',
  codes: CHRONOPOST_CODES,
  formats: [{ name: 'TrackingServiceWS (SOAP)', kind: 'xml', reads: readTracking }],
});

/** Source: Chronopost TrackingServiceWS: errorCode. */
const errorName = errorNames({ '1': 'carrier_unavailable', '2': 'number_invalid', '3': 'number_unknown' });

function readTracking(root: Part, draft: ReadingDraft): boolean {
  if (readSoapFault(root, draft)) return true;
  const body = soapBody(root);
  const answer = ['trackSkybillV2Response', 'trackSkybillResponse']
    .map((name) => body.part(name, 'return'))
    .find((one) => one.exists);
  if (answer === undefined) return false;
  const code = answer.text('errorCode');
  if (code !== undefined && code !== '0') {
    draft.error(errorName(code), answer.text('errorMessage'), { code, pointer: answer.pointer });
    return true;
  }
  const list = answer.part('listEventInfoComp').exists
    ? answer.part('listEventInfoComp')
    : answer.part('listEvents');
  if (!list.isFilled) return true;
  const parcel = draft.parcel(list, { number: list.text('skybillNumber') });
  for (const event of list.list('events')) {
    const writtenTime = event.text('eventDate');
    parcel.scan(event, {
      code: event.text('code'),
      text: event.text('eventLabel'),
      stamp: readStamp(writtenTime),
      writtenTime,
      place: { facility: event.text('officeLabel'), postcode: event.text('zipCode') },
    });
  }
  return true;
}
