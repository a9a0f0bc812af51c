import {
  defineConnector,
  type ParcelDraft,
  type Part,
  type PlaceParts,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readOffset,
  readWeight,
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
    { name: 'XML Tracking', kind: 'xml', reads: readXmlTracking },
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
    for (const item of shipment.list('package')) readPackage(item, shipment, draft);
  }
  return errors.length > 0 || root.part('trackResponse').exists;
}

function readPackage(item: Part, shipment: Part, draft: ReadingDraft): void {
  // SDD scheduled, RDD rescheduled, DEL done. The last one promised counts.
  const promised = item.list('deliveryDate').filter((date) => /^[SR]DD$/.test(date.text('type') ?? ''));
  const parcel = draft.parcel(item, {
    number: item.text('trackingNumber') ?? shipment.text('inquiryNumber'),
    otherNumbers: item.list('alternateTrackingNumber').map((other) => other.text('number')),
    estimatedDate: readDate(promised.at(-1)?.text('date')),
    weightGrams: readWeight(item.text('weight', 'weight'), item.text('weight', 'unitOfMeasurement')),
  });
  for (const activity of item.list('activity')) {
    const address = activity.part('location', 'address');
    scanActivity(parcel, activity, {
      status: activity.part('status'),
      date: activity.text('date'),
      time: activity.text('time'),
      offset: activity.text('gmtOffset'),
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
    place: placeOf(root.part('activityLocation')),
  });
  return true;
}

type Activity = {
  readonly status: Part;
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly offset: string | undefined;
  readonly place: PlaceParts;
};

function scanActivity(parcel: ParcelDraft, at: Part, { status, date, time, offset, place }: Activity): void {
  parcel.scan(at, {
    code: status.text('code'),
    category: status.text('type'),
    text: status.text('description'),
    stamp: readDateAndTime(date, time, readOffset(offset)),
    writtenTime: date && [date, time].join(' ').trim(),
    place,
  });
}

function placeOf(address: Part): PlaceParts {
  return {
    city: address.text('city'),
    region: address.text('stateProvince'),
    postcode: address.text('postalCode'),
    country: address.text('countryCode') ?? address.text('country'),
  };
}

function readXmlTracking(root: Part, draft: ReadingDraft): boolean {
  const response = root.part('TrackResponse');
  // The same root is that of other carriers; UPS alone says Response or Shipment below it.
  if (!response.part('Response').exists && !response.part('Shipment').exists) return false;
  for (const error of response.list('Response', 'Error')) {
    const code = error.text('ErrorCode');
    draft.error(upsErrorName(code), error.text('ErrorDescription'), { code, pointer: error.pointer });
  }
  for (const shipment of response.list('Shipment')) {
    const scheduled = shipment.text('ScheduledDeliveryDate');
    for (const item of shipment.list('Package')) {
      const parcel = draft.parcel(item, {
        number: item.text('TrackingNumber') ?? shipment.text('ShipmentIdentificationNumber'),
        otherNumbers: [shipment.text('ShipmentIdentificationNumber')],
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

function scanXmlActivity(parcel: ParcelDraft, activity: Part): void {
  const address = activity.part('ActivityLocation', 'Address');
  const [date, time] = [activity.text('Date'), activity.text('Time')];
  parcel.scan(activity, {
    code: activity.text('Status', 'StatusCode', 'Code'),
    category: activity.text('Status', 'StatusType', 'Code'),
    text: activity.text('Status', 'StatusType', 'Description'),
    stamp: readDateAndTime(date, time, readOffset(activity.text('GMTOffset'))),
    writtenTime: date && [date, time].join(' ').trim(),
    place: {
      city: address.text('City'),
      region: address.text('StateProvinceCode'),
      postcode: address.text('PostalCode'),
      country: address.text('CountryCode'),
    },
  });
}
