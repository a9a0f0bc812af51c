import type { CarrierErrorName } from '../../network/tracking/connector-contract.ts';
import type { ReadingDraft } from './draft.ts';
import { httpErrorName } from './http-status.ts';
import type { Part } from './part.ts';
import { readSoapFault } from './soap.ts';

/**
 * What gateways in front of carriers answer in the carrier's stead, asked when none of its own formats fits. Answers
 * whether it was one of them. 404 says that there is no such address, never that a number is unknown.
 */
export function readRefusal(root: Part, draft: ReadingDraft): boolean {
  return [readSoapFault, readApigee, readConnect, readProblem, readOauth, readPlainWords].some((read) =>
    read(root, draft),
  );
}

/** Source: Apigee, policy and runtime error reference; WSO2 API Manager, error handling (numbers). */
function readApigee(root: Part, draft: ReadingDraft): boolean {
  const fault = root.part('fault');
  const code = fault.text('detail', 'errorcode') ?? fault.text('code');
  if (code === undefined) return false;
  draft.error(
    apigeeName(code),
    fault.text('faultstring') ?? fault.text('description') ?? fault.text('message'),
    {
      code,
      pointer: fault.pointer,
    },
  );
  return true;
}

function apigeeName(code: string): CarrierErrorName {
  if (/^policies\.ratelimit\.|^9008\d\d$/.test(code)) return 'rate_limited';
  if (/^(?:steps\.)?(?:oauth|jwt|accesscontrol|basicauthentication)\.|^keymanagement\.|^9009\d\d$/.test(code))
    return 'not_authorised';
  return /^messaging\.adaptors\.http\.flow\.|^1015\d\d$/.test(code)
    ? 'carrier_unavailable'
    : 'carrier_refused';
}

/** Source: IBM API Connect, error responses of the gateway. */
function readConnect(root: Part, draft: ReadingDraft): boolean {
  const code = root.text('httpCode');
  if (code === undefined || !/^[45]\d\d$/.test(code)) return false;
  draft.error(
    httpErrorName(code, 'carrier_refused'),
    root.text('moreInformation') ?? root.text('httpMessage'),
    { code },
  );
  return true;
}

/** Source: RFC 9457; Spring Boot writes `error` for `title`. */
function readProblem(root: Part, draft: ReadingDraft): boolean {
  const code = root.text('status') ?? root.text('statusCode');
  const message = ['detail', 'message', 'title', 'error']
    .map((key) => root.text(key))
    .find((text) => text !== undefined);
  if (code === undefined || message === undefined || !/^[45]\d\d$/.test(code)) return false;
  draft.error(httpErrorName(code, 'carrier_refused'), message, { code });
  return true;
}

/** Source: RFC 6749 5.2, RFC 6750 3.1. */
const OAUTH: ReadonlyMap<string, CarrierErrorName> = new Map([
  ...['invalid_client', 'invalid_grant', 'unauthorized_client', 'access_denied'].map(
    (code) => [code, 'not_authorised'] as const,
  ),
  ...['invalid_token', 'insufficient_scope', 'unauthorized'].map((code) => [code, 'not_authorised'] as const),
  ...['invalid_request', 'unsupported_grant_type', 'invalid_scope'].map(
    (code) => [code, 'carrier_refused'] as const,
  ),
  ...['server_error', 'temporarily_unavailable'].map((code) => [code, 'carrier_unavailable'] as const),
]);

function readOauth(root: Part, draft: ReadingDraft): boolean {
  const code = root.text('error');
  const name = OAUTH.get(code ?? '');
  if (name === undefined) return false;
  draft.error(name, root.text('error_description') ?? code, { code });
  return true;
}

/** Source: Amazon API Gateway, gateway response types; Kong, plugins key-auth, oauth2 and rate-limiting. */
const WORDS: ReadonlyMap<string, CarrierErrorName> = new Map([
  ...[
    'Forbidden',
    'Unauthorized',
    'Missing Authentication Token',
    'Invalid API Key identifier specified',
  ].map((words) => [words, 'not_authorised'] as const),
  ...[
    'No API key found in request',
    'Invalid authentication credentials',
    'User is not authorized to access this resource',
  ].map((words) => [words, 'not_authorised'] as const),
  ...['Too Many Requests', 'Limit Exceeded', 'API rate limit exceeded'].map(
    (words) => [words, 'rate_limited'] as const,
  ),
  ...[
    'Internal server error',
    'Service Unavailable',
    'Endpoint request timed out',
    'Network error communicating with endpoint',
  ].map((words) => [words, 'carrier_unavailable'] as const),
]);

function readPlainWords(root: Part, draft: ReadingDraft): boolean {
  const words = root.text('message') ?? root.text('error');
  const name = WORDS.get(words ?? '');
  if (name === undefined) return false;
  draft.error(name, words);
  return true;
}
