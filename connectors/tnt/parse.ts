import {
  defineConnector,
  type Part,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readWeight,
} from '../reading/index.ts';
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
  for (const error of errors) {
    // One element holds several pairs of code and message, one after the other.
    const [codes, messages] = [error.list('Code'), error.list('Message')];
    if (codes.length === 0) draft.error('carrier_refused', messages[0]?.text(), { pointer: error.pointer });
    for (const [index, code] of codes.entries())
      draft.error('carrier_refused', messages[index]?.text(), { code: code.text(), pointer: code.pointer });
  }
  const consignments = response.list('Consignment');
  for (const consignment of consignments) readConsignment(consignment, draft);
  return errors.length > 0 || consignments.length > 0;
}

/** TNT gives local times and depots by name alone, so their zone stays unknown. */
function readConsignment(consignment: Part, draft: ReadingDraft): void {
  const other = consignment.text('AlternativeConsignmentNumber');
  const number = consignment.text('ConsignmentNumber') ?? other;
  const summary = consignment.text('SummaryCode');
  if (summary === 'CNF') {
    draft.error('number_unknown', 'The consignment was not found.', {
      code: summary,
      number,
      pointer: consignment.pointer,
    });
    return;
  }
  const parcel = draft.parcel(consignment, {
    number,
    otherNumbers: [other],
    stateCode: summary,
    estimatedDate: readDate(consignment.text('ShipmentSummary', 'DueDate')),
    weightGrams: weightOf(consignment.part('PackageSummary')),
  });
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

/** Of several pieces it is the sum, and no parcel's. The unit is an attribute, kilograms where it is absent. */
function weightOf(summary: Part): number | undefined {
  if (summary.text('NumberOfPieces') !== '1') return undefined;
  return readWeight(summary.text('Weight'), summary.text('Weight', '@units') ?? 'kgs');
}
