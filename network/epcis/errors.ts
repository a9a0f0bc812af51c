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
  epcis_header_invalid: {
    status: 400,
    title: 'A header of the standard has a value that it cannot have',
    advice: 'The detail names the header and what it takes; each is given once.',
  },
  epcis_version_not_acceptable: {
    status: 406,
    title: 'This version of EPCIS or of its vocabulary is not spoken here',
    advice:
      'Let GS1-EPCIS-Min, GS1-EPCIS-Max and their GS1-CBV- namesakes span 2.0; OPTIONS tells the versions.',
  },
  epcis_query_invalid: {
    status: 400,
    title: 'A query parameter is not known or has a value that it cannot take',
    advice: 'docs/epcis.md lists the parameters; take nextPageToken from the Link header of the page before.',
  },
  epcis_query_too_complex: {
    status: 413,
    title: 'This query asks for more than is looked through at once',
    advice: 'Name a time, fewer values, or identifiers instead of patterns.',
  },
  epcis_query_too_large: {
    status: 413,
    title: 'More events fit than maxEventCount allows',
    advice: 'Ask for less, for a larger number, or for pages without it.',
  },
} as const satisfies Catalogue;

/** What the standard calls the refusals of its interface (EPCIS 2.0, 8.2.6 and the OpenAPI of 2.0.1). */
export const EPCIS_PROBLEM_TYPES: Readonly<Record<string, string>> = {
  unauthenticated: 'epcisException:SecurityException',
  forbidden: 'epcisException:SecurityException',
  not_found: 'epcisException:NoSuchNameException',
  malformed_json: 'epcisException:ValidationException',
  invalid_request: 'epcisException:ValidationException',
  body_too_large: 'epcisException:CaptureLimitExceededException',
  unsupported_media_type: 'epcisException:UnsupportedMediaTypeException',
  internal: 'epcisException:ImplementationException',
  unavailable: 'epcisException:ImplementationException',
  epcis_document_invalid: 'epcisException:ValidationException',
  epcis_too_many_events: 'epcisException:CaptureLimitExceededException',
  epcis_header_invalid: 'epcisException:ValidationException',
  epcis_version_not_acceptable: 'epcisException:NotAcceptableException',
  epcis_query_invalid: 'epcisException:QueryParameterException',
  epcis_query_too_complex: 'epcisException:QueryTooComplexException',
  epcis_query_too_large: 'epcisException:QueryTooLargeException',
};
