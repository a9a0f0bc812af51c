import { z } from 'zod';

/** Names are those of the standard, untouched: on the wire these are maps, read by the policies of this room. */
export const EpcisNamedQuery = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisNamedQuery',
  description:
    'name and query: an object of the parameters of GET /epcis/events in the names of the standard, lists as lists; answered with createdAt',
});
export const EpcisNamedQueries = z.array(EpcisNamedQuery).meta({ id: 'EpcisNamedQueries' });

export const EpcisSubscription = z.record(z.string(), z.unknown()).meta({
  id: 'EpcisSubscription',
  description:
    'dest, signatureToken (never answered), stream: true or schedule (second, minute, hour, dayOfMonth, month, dayOfWeek; UTC), reportIfEmpty, initialRecordTime; answered with subscriptionID, queryName, createdAt, minRecordTime, lastNotifiedAt and, under postroad, the webhook endpoint and its state',
});
export const EpcisSubscriptions = z.array(EpcisSubscription).meta({ id: 'EpcisSubscriptions' });
