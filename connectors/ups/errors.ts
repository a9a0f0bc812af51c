import { errorNames, httpErrorName } from '../reading/index.ts';

/** Source: UPS API error codes (Tracking: 1510xx; authentication: 2500xx; gateway: 10xxx). */
const known = errorNames({
  '151018': 'number_invalid',
  '151022': 'number_invalid',
  '151044': 'number_unknown',
  '151045': 'number_unknown',
  '151062': 'number_unknown',
  TW0001: 'number_unknown',
  TV1002: 'number_invalid',
  '250002': 'not_authorised',
  '250003': 'not_authorised',
  '250009': 'not_authorised',
  '250050': 'not_authorised',
  '10401': 'not_authorised',
  '10429': 'rate_limited',
  '10500': 'carrier_unavailable',
});

/** The gateway repeats the HTTP status as a code of three digits. 404 is no answer about a number. */
export const upsErrorName = (code: string | undefined) =>
  /^[45]\d\d$/.test(code ?? '') ? httpErrorName(code, 'carrier_refused') : known(code);
