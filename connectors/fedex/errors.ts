import { errorNames } from '../reading/index.ts';

/** Source: FedEx Track API v1, error codes; Track web service, notification codes (numbers). */
export const fedexErrorName = errorNames({
  'TRACKING.TRACKINGNUMBER.NOTFOUND': 'number_unknown',
  'TRACKING.REFERENCENUMBER.NOTFOUND': 'number_unknown',
  'TRACKING.DATA.NOTFOUND': 'number_unknown',
  'TRACKING.TCN.NOTFOUND': 'number_unknown',
  'TRACKING.TRACKINGNUMBER.INVALID': 'number_invalid',
  'TRACKING.TRACKINGNUMBER.EMPTY': 'number_invalid',
  'NOT.AUTHORIZED.ERROR': 'not_authorised',
  'FORBIDDEN.ERROR': 'not_authorised',
  'BAD.CREDENTIALS.ERROR': 'not_authorised',
  'TOO.MANY.REQUESTS': 'rate_limited',
  'INTERNAL.SERVER.ERROR': 'carrier_unavailable',
  'SERVICE.UNAVAILABLE.ERROR': 'carrier_unavailable',
  'SYSTEM.UNAVAILABLE.EXCEPTION': 'carrier_unavailable',
  '6035': 'number_invalid',
  '9040': 'number_unknown',
  '9041': 'number_unknown',
  '1000': 'not_authorised',
});
