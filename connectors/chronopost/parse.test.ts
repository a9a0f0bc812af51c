import { expect, it } from 'vitest';
import { chronopost } from './parse.ts';

it('takes an answer without a list of events for no news', () => {
  const payload = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns2:trackSkybillV2Response
    xmlns:ns2="http://cxf.tracking.soap.chronopost.fr/"><return><errorCode>0</errorCode></return></ns2:trackSkybillV2Response>
    </soap:Body></soap:Envelope>`;
  const { parcels, errors } = chronopost.parse(new TextEncoder().encode(payload));
  expect({ parcels, errors }).toEqual({ parcels: [], errors: [] });
});
