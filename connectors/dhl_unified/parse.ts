import {
  defineConnector,
  httpErrorName,
  instantOf,
  type ParcelDraft,
  type Part,
  type ReadingDraft,
  readDate,
  readStamp,
  readWeight,
} from '../reading/index.ts';
import { DHL_UNIFIED_CODES } from './codes.ts';

export const dhlUnified = defineConnector({
  code: 'dhl_unified',
  title: 'DHL (all divisions)',
  codes: DHL_UNIFIED_CODES,
  formats: [{ name: 'Shipment Tracking - Unified', kind: 'json', reads: readUnified }],
});

function readUnified(root: Part, draft: ReadingDraft): boolean {
  if (!root.part('shipments').exists) return readProblem(root, draft);
  for (const shipment of root.list('shipments')) {
    const frame = shipment.part('estimatedDeliveryTimeFrame');
    const parcel = draft.parcel(shipment, {
      number: shipment.text('id'),
      otherNumbers: shipment.list('details', 'pieceIds').map((piece) => piece.text()),
      stateCode: shipment.text('status', 'statusCode'),
      stateText: shipment.text('status', 'description') ?? shipment.text('status', 'status'),
      estimatedDate: readDate(shipment.text('estimatedTimeOfDelivery') ?? frame.text('estimatedThrough')),
      estimatedFrom: instantOf(readStamp(frame.text('estimatedFrom'))),
      estimatedTo: instantOf(readStamp(frame.text('estimatedThrough'))),
      weightGrams: weightOf(shipment.part('details')),
    });
    const events = shipment.list('events');
    // Without a history there is the latest event alone.
    if (events.length === 0 && shipment.part('status').exists) scanEvent(parcel, shipment.part('status'));
    for (const event of events) scanEvent(parcel, event);
  }
  return true;
}

/** Of a shipment of several pieces it is the sum, and no parcel's. */
function weightOf(details: Part): number | undefined {
  if (Number(details.text('totalNumberOfPieces') ?? 1) !== 1 || details.list('pieceIds').length > 1)
    return undefined;
  return readWeight(details.text('weight', 'value'), details.text('weight', 'unitText'));
}

/**
 * Divisions write local times without an offset or with one; only what is written is taken as stated. Five codes do not tell
 * apart what happens in one minute ("processed", "clearance complete": both transit): the division's words do.
 */
function scanEvent(parcel: ParcelDraft, event: Part): void {
  const writtenTime = event.text('timestamp');
  const [status, description] = [event.text('status'), event.text('description')];
  const address = event.part('location', 'address');
  parcel.scan(event, {
    // The code is one of five; `status` is what the division calls its own event.
    code: event.text('statusCode'),
    category: status,
    text: description ?? status ?? event.text('remark'),
    distinction: JSON.stringify([status ?? null, description ?? null]),
    stamp: readStamp(writtenTime),
    writtenTime,
    place: {
      city: address.text('addressLocality'),
      postcode: address.text('postalCode'),
      country: address.text('countryCode'),
    },
  });
}

function readProblem(root: Part, draft: ReadingDraft): boolean {
  const status = root.text('status');
  if (status === undefined || !/^[45]\d\d$/.test(status)) return false;
  draft.error(httpErrorName(status), root.text('detail') ?? root.text('title'), { code: status });
  return true;
}
