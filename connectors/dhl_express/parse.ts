import {
  countryOfName,
  defineConnector,
  errorNames,
  httpErrorName,
  type ParcelDraft,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readOffset,
  readWeight,
} from '../reading/index.ts';
import { DHL_EXPRESS_CODES } from './codes.ts';

export const dhlExpress = defineConnector({
  code: 'dhl_express',
  title: 'DHL Express',
  codes: DHL_EXPRESS_CODES,
  formats: [
    { name: 'MyDHL API tracking', kind: 'json', reads: readMyDhl },
    { name: 'XML Services tracking', kind: 'xml', reads: readXmlServices },
  ],
});

/** Source: DHL XML Services, condition codes of tracking. */
const conditionName = errorNames({
  '100': 'not_authorised',
  '111': 'not_authorised',
  '209': 'number_unknown',
});

function readXmlServices(root: Part, draft: ReadingDraft): boolean {
  const answer = root.part('TrackingResponse');
  const failure = [root.part('ErrorResponse'), root.part('ShipmentTrackingErrorResponse')].find(
    (one) => one.exists,
  );
  if (failure !== undefined) sayCondition(failure.part('Response', 'Status'), undefined, draft);
  for (const bill of answer.list('AWBInfo')) {
    const number = bill.text('AWBNumber');
    if (!/^success$/i.test(bill.text('Status', 'ActionStatus') ?? 'success'))
      sayCondition(bill.part('Status'), number, draft);
    else readBill(bill, number, draft);
  }
  return answer.exists || failure !== undefined;
}

function sayCondition(status: Part, number: string | undefined, draft: ReadingDraft): void {
  const code = status.text('Condition', 'ConditionCode');
  const words = status.text('ActionStatus');
  const name = code === undefined && words === 'No Shipments Found' ? 'number_unknown' : conditionName(code);
  draft.error(name, status.text('Condition', 'ConditionData') ?? words, {
    code,
    number,
    pointer: status.pointer,
  });
}

function readBill(bill: Part, number: string | undefined, draft: ReadingDraft): void {
  const info = bill.part('ShipmentInfo');
  const estimatedDate = readDate(info.text('EstDlvyDate'));
  // Of several pieces it is the sum, and no parcel's.
  const isWhole = (info.text('Pieces') ?? '1') === '1';
  const weightGrams = isWhole ? weightIn(info, 'Weight') : undefined;
  const parcel = draft.parcel(bill, { number, estimatedDate, weightGrams });
  for (const event of info.list('ShipmentEvent')) scanXmlEvent(parcel, event);
  for (const piece of bill.list('Pieces', 'PieceInfo')) {
    const events = piece.list('PieceEvent');
    if (events.length === 0) continue;
    const details = piece.part('PieceDetails');
    const own = draft.parcel(piece, {
      number: details.text('LicensePlate') ?? number,
      otherNumbers: [number],
      estimatedDate,
      weightGrams: weightIn(details, 'ActualWeight') ?? weightIn(details, 'Weight'),
    });
    for (const event of events) scanXmlEvent(own, event);
  }
}

const weightIn = (part: Part, name: string) => readWeight(part.text(name), part.text('WeightUnit'));

function scanXmlEvent(parcel: ParcelDraft, event: Part): void {
  const [date, time] = [event.text('Date'), event.text('Time')];
  parcel.scan(event, {
    code: event.text('ServiceEvent', 'EventCode'),
    text: event.text('ServiceEvent', 'Description'),
    stamp: readDateAndTime(date, time),
    writtenTime: date && [date, time].join(' ').trim(),
    place: areaPlace(event.part('ServiceArea'), 'ServiceAreaCode', 'Description'),
  });
}

/** DHL writes an area as `SPRINGFIELD GARDENS,NY-USA` or `LEIPZIG - GERMANY`: behind the dash a country, by code or name. */
function areaPlace(area: Part, code: string, description: string): PlaceParts {
  const text = area.text(description);
  const [, before, region, behind] =
    /^(.+?)(?:, ?([A-Z]{2,3}))?\s*-\s*([^-]+)$/.exec((text ?? '').slice(0, 120)) ?? [];
  const country = countryOfName(behind);
  return {
    text: text ?? area.text(code),
    city: country === undefined ? text : before,
    region: country === undefined ? undefined : region,
    country,
    facility: area.text(code),
  };
}

function readMyDhl(root: Part, draft: ReadingDraft): boolean {
  const shipments = root.part('shipments');
  if (!shipments.exists) return readProblem(root, draft);
  for (const shipment of root.list('shipments')) {
    const number = shipment.text('shipmentTrackingNumber');
    const estimatedDate = readDate(
      shipment.text('estimatedDeliveryDate') ?? shipment.text('estimatedTimeOfDelivery'),
    );
    const unit = unitOf(shipment);
    const parcel = draft.parcel(shipment, {
      number,
      estimatedDate,
      // Of several pieces it is the sum, and no parcel's.
      weightGrams:
        shipment.text('numberOfPieces') === '1' ? readWeight(shipment.text('totalWeight'), unit) : undefined,
    });
    for (const event of shipment.list('events')) scanMyDhl(parcel, event);
    for (const piece of shipment.list('pieces')) {
      const events = piece.list('events');
      if (events.length === 0) continue;
      const own = draft.parcel(piece, {
        number: piece.text('trackingNumber') ?? number,
        otherNumbers: [number],
        estimatedDate,
        weightGrams: readWeight(piece.text('actualWeight') ?? piece.text('weight'), unitOf(piece) ?? unit),
      });
      for (const event of events) scanMyDhl(own, event);
    }
  }
  return true;
}

/** MyDHL names a system of measures. */
function unitOf(part: Part): string | undefined {
  const system = part.text('unitOfMeasurements');
  if (system === 'metric') return 'kg';
  return system === 'imperial' ? 'lb' : undefined;
}

function scanMyDhl(parcel: ParcelDraft, event: Part): void {
  const [date, time] = [event.text('date'), event.text('time')];
  const area = event.list('serviceArea')[0];
  parcel.scan(event, {
    code: event.text('typeCode'),
    text: event.text('description'),
    stamp: readDateAndTime(date, time, readOffset(event.text('GMTOffset'))),
    writtenTime: date && [date, time].join(' ').trim(),
    ...(area === undefined ? {} : { place: areaPlace(area, 'code', 'description') }),
  });
}

/** MyDHL answers a refusal as a problem with the HTTP status in it. */
function readProblem(root: Part, draft: ReadingDraft): boolean {
  const status = root.text('status');
  if (status === undefined || !/^[45]\d\d$/.test(status)) return false;
  draft.error(httpErrorName(status), root.text('detail') ?? root.text('title'), { code: status });
  return true;
}
