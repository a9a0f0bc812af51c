import {
  agreedStamp,
  defineConnector,
  offsetBetween,
  type ParcelDraft,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readOffset,
  readWeight,
  type Stamp,
  soapBody,
} from '../reading/index.ts';
import { UPS_CODES } from './codes.ts';
import { upsErrorName } from './errors.ts';

export const ups = defineConnector({
  code: 'ups',
  title: 'UPS',
  codes: UPS_CODES,
  formats: [
    { name: 'Tracking API v1', kind: 'json', reads: readTracking },
    { name: 'Track Alert push', kind: 'json', reads: readAlert },
    { name: 'XML Tracking', kind: 'xml', reads: readTrackResponse },
    { name: 'Track web service (SOAP)', kind: 'xml', reads: readTrackService },
    { name: 'Track web service (JSON)', kind: 'json', reads: readTrackService },
  ],
});

function readTracking(root: Part, draft: ReadingDraft): boolean {
  const errors = root.list('response', 'errors');
  for (const error of errors) {
    const code = error.text('code');
    draft.error(upsErrorName(code), error.text('message'), { code, pointer: error.pointer });
  }
  const shipments = root.list('trackResponse', 'shipment');
  for (const shipment of shipments) {
    for (const warning of shipment.list('warnings')) {
      const code = warning.text('code');
      draft.error(upsErrorName(code), warning.text('message'), {
        code,
        number: shipment.text('inquiryNumber'),
        pointer: warning.pointer,
      });
    }
    const items = shipment.list('package');
    for (const item of items) readPackage(item, shipment, draft);
    if (items.length === 0 && shipment.list('warnings').length === 0)
      draft.parcel(shipment, { number: shipment.text('inquiryNumber') });
  }
  return errors.length > 0 || root.part('trackResponse').exists;
}

function readPackage(item: Part, shipment: Part, draft: ReadingDraft): void {
  // SDD scheduled, RDD rescheduled, DEL done.
  const promised = (type: string) =>
    item
      .list('deliveryDate')
      .findLast((date) => date.text('type') === type)
      ?.text('date');
  const parcel = draft.parcel(item, {
    number: item.text('trackingNumber') ?? shipment.text('inquiryNumber'),
    otherNumbers: item.list('alternateTrackingNumber').map((other) => other.text('number')),
    stateCode: item.text('currentStatus', 'code'),
    stateCategory: item.text('currentStatus', 'type'),
    stateText: item.text('currentStatus', 'description'),
    estimatedDate: readDate(promised('RDD') ?? promised('SDD')),
    weightGrams: readWeight(item.text('weight', 'weight'), item.text('weight', 'unitOfMeasurement')),
  });
  for (const activity of item.list('activity')) {
    const address = activity.part('location', 'address');
    scanActivity(parcel, activity, {
      status: activity.part('status'),
      date: activity.text('date'),
      time: activity.text('time'),
      offset: activity.text('gmtOffset'),
      greenwich: [activity.text('gmtDate'), activity.text('gmtTime')],
      place: placeOf(address),
    });
  }
}

/** One event pushed; the number and the event stand side by side. */
function readAlert(root: Part, draft: ReadingDraft): boolean {
  const status = root.part('activityStatus');
  if (!status.exists || root.text('trackingNumber') === undefined) return false;
  const parcel = draft.parcel(root, {
    number: root.text('trackingNumber'),
    estimatedDate: readDate(root.text('scheduledDeliveryDate')),
  });
  scanActivity(parcel, root, {
    status,
    date: root.text('localActivityDate'),
    time: root.text('localActivityTime'),
    offset: root.text('gmtOffset'),
    greenwich: [root.text('gmtActivityDate'), root.text('gmtActivityTime')],
    place: placeOf(root.part('activityLocation')),
  });
  return true;
}

type Activity = {
  readonly status: Part;
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly offset: string | undefined;
  /** The same moment in Greenwich time, date and time. */
  readonly greenwich: readonly [string | undefined, string | undefined];
  readonly place: PlaceParts;
};

function scanActivity(parcel: ParcelDraft, at: Part, activity: Activity): void {
  const { status, date, time, place } = activity;
  parcel.scan(at, {
    code: status.text('code'),
    category: status.text('type'),
    text: status.text('description'),
    stamp: stampOf(activity),
    writtenTime: date && [date, time].join(' ').trim(),
    place,
  });
}

/** The offset and the same moment in Greenwich time stand beside the clock, both or one of them. */
function stampOf({ date, time, offset, greenwich }: Omit<Activity, 'status' | 'place'>): Stamp | undefined {
  const elsewhere = readDateAndTime(...greenwich);
  const stamp = readDateAndTime(date, time);
  if (stamp === undefined || stamp.isDateOnly || elsewhere === undefined || elsewhere.isDateOnly)
    return readDateAndTime(date, time, readOffset(offset));
  const zone = readOffset(offset) ?? offsetBetween(stamp.local, elsewhere.local);
  return agreedStamp({ ...stamp, ...(zone === undefined ? {} : { zone }) }, `${elsewhere.local}Z`);
}

function placeOf(address: Part): PlaceParts {
  return {
    city: address.text('city'),
    region: address.text('stateProvince'),
    postcode: address.text('postalCode'),
    country: address.text('countryCode') ?? address.text('country'),
  };
}

/** The web service that came between both: the XML without some of its levels, in a SOAP envelope or as JSON. */
function readTrackService(root: Part, draft: ReadingDraft): boolean {
  const body = soapBody(root);
  const errors = body.list('Fault', 'detail', 'Errors', 'ErrorDetail');
  for (const error of errors) {
    const code = error.text('PrimaryErrorCode', 'Code');
    draft.error(upsErrorName(code), error.text('PrimaryErrorCode', 'Description'), {
      code,
      pointer: error.pointer,
    });
  }
  return errors.length > 0 || readTrackResponse(body, draft);
}

function readTrackResponse(body: Part, draft: ReadingDraft): boolean {
  const response = body.part('TrackResponse');
  // The same root is that of other carriers; UPS alone says Response or Shipment below it.
  if (!response.part('Response').exists && !response.part('Shipment').exists) return false;
  for (const error of response.list('Response', 'Error')) {
    const code = error.text('ErrorCode');
    draft.error(upsErrorName(code), error.text('ErrorDescription'), { code, pointer: error.pointer });
  }
  for (const shipment of response.list('Shipment')) {
    const scheduled = shipment.text('ScheduledDeliveryDate');
    const items = shipment.list('Package');
    if (items.length === 0 && shipment.list('Activity').length > 0) readFreight(shipment, draft);
    for (const item of items) {
      const parcel = draft.parcel(item, {
        number: item.text('TrackingNumber') ?? shipmentNumber(shipment),
        otherNumbers: [shipmentNumber(shipment)],
        estimatedDate: readDate(item.text('RescheduledDeliveryDate') ?? scheduled),
        weightGrams: readWeight(
          item.text('PackageWeight', 'Weight'),
          item.text('PackageWeight', 'UnitOfMeasurement', 'Code'),
        ),
      });
      for (const activity of item.list('Activity')) scanXmlActivity(parcel, activity);
    }
  }
  return true;
}

function shipmentNumber(shipment: Part): string | undefined {
  return shipment.text('ShipmentIdentificationNumber') ?? shipment.text('InquiryNumber', 'Value');
}

/** Freight has no packages: its activities stand in the shipment, in words without codes. */
function readFreight(shipment: Part, draft: ReadingDraft): void {
  const parcel = draft.parcel(shipment, {
    number: shipmentNumber(shipment),
    estimatedDate: readDate(shipment.text('ScheduledDeliveryDate')),
  });
  for (const activity of shipment.list('Activity')) {
    const [date, time] = [activity.text('Date'), activity.text('Time')];
    const place = activity.part('ActivityLocation');
    parcel.scan(activity, {
      text: activity.text('Description'),
      stamp: readDateAndTime(date, time),
      writtenTime: date && [date, time].join(' ').trim(),
      place: xmlPlaceOf(place),
    });
  }
}

function xmlPlaceOf(address: Part): PlaceParts {
  return {
    city: address.text('City'),
    region: address.text('StateProvinceCode'),
    postcode: address.text('PostalCode'),
    country: address.text('CountryCode'),
  };
}

function scanXmlActivity(parcel: ParcelDraft, activity: Part): void {
  const address = activity.part('ActivityLocation', 'Address');
  const [date, time] = [activity.text('Date'), activity.text('Time')];
  const status = activity.part('Status');
  parcel.scan(activity, {
    code: status.text('StatusCode', 'Code') ?? status.text('Code'),
    category: status.text('StatusType', 'Code') ?? status.text('Type'),
    text: status.text('StatusType', 'Description') ?? status.text('Description'),
    stamp: stampOf({
      date,
      time,
      offset: activity.text('GMTOffset'),
      greenwich: [activity.text('GMTDate'), activity.text('GMTTime')],
    }),
    writtenTime: date && [date, time].join(' ').trim(),
    place: xmlPlaceOf(address),
  });
}
