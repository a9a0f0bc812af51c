import type { Catalogue } from '../kernel/index.ts';

export const EPCIS_ERRORS = {
  epcis_document_invalid: {
    status: 400,
    title: 'This is no EPCIS 2.0 document in JSON',
    advice: 'Send type EPCISDocument, schemaVersion 2.0 and epcisBody.eventList; errors name each place.',
  },
  epcis_too_many_events: {
    status: 413,
    title: 'Too many events in one document',
    advice: 'Send at most 1,000 events; GS1-EPCIS-Capture-Limit tells the number.',
  },
  epcis_query_invalid: {
    status: 400,
    title: 'A query parameter is not known or has a value that it cannot take',
    advice: 'docs/epcis.md lists the parameters; take nextPageToken from the Link header of the page before.',
  },
} as const satisfies Catalogue;
