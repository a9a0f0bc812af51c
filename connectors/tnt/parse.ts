import { defineConnector, type Part, type ReadingDraft, readDateAndTime } from '../reading/index.ts';
import { TNT_CODES } from './codes.ts';

export const tnt = defineConnector({
  code: 'tnt',
  title: 'TNT',
  codes: TNT_CODES,
  formats: [{ name: 'ExpressConnect Tracking', kind: 'xml', reads: readTracking }],
});

function readTracking(root: Part, draft: ReadingDraft): boolean {
  const response = root.part('TrackResponse');
  const errors = response.list('Error');
  for (const error of errors)
    draft.error('carrier_refused', error.text('Message'), {
      code: error.text('Code'),
      pointer: error.pointer,
    });
  const consignments = response.list('Consignment');
  for (const consignment of consignments) readConsignment(consignment, draft);
  return errors.length > 0 || consignments.length > 0;
}

/** TNT gives local times and depots by name alone, so their zone stays unknown. */
function readConsignment(consignment: Part, draft: ReadingDraft): void {
  const number = consignment.text('ConsignmentNumber');
  const summary = consignment.text('SummaryCode');
  if (summary === 'CNF') {
    draft.error('number_unknown', 'The consignment was not found.', {
      code: summary,
      number,
      pointer: consignment.pointer,
    });
    return;
  }
  const parcel = draft.parcel(consignment, { number, stateCode: summary });
  for (const status of consignment.list('StatusData')) {
    const [date, time] = [status.text('LocalEventDate'), status.text('LocalEventTime')];
    parcel.scan(status, {
      code: status.text('StatusCode'),
      text: status.text('StatusDescription'),
      stamp: readDateAndTime(date, time),
      writtenTime: date && [date, time].join(' ').trim(),
      place: { facility: status.text('Depot'), city: status.text('DepotName') },
    });
  }
}
