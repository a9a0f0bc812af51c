import type { PullClient } from '../../network/polling/connector-contract.ts';
import { postXml, UNSTATED, UNSTATED_RATE, xmlText } from '../pulling/index.ts';

export const chronopostClient: PullClient = {
  connector: 'chronopost',
  source: 'Chronopost TrackingServiceWS, trackSkybillV2 (SOAP); it asks for no credential',
  baseUrl: 'https://ws.chronopost.fr',
  fields: [],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['chronopost'],
  request: ([asked]) =>
    postXml(
      '/tracking-cxf/TrackingServiceWS',
      `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cxf="http://cxf.tracking.soap.chronopost.fr/"><soapenv:Body><cxf:trackSkybillV2><language>fr_FR</language><skybillNumber>${xmlText(asked?.number ?? '')}</skybillNumber></cxf:trackSkybillV2></soapenv:Body></soapenv:Envelope>`,
      { SOAPAction: '""' },
    ),
};
