import type { Catalogue, CatalogueEntry, FieldError, Rejection } from '../../network/kernel/index.ts';

/** The answers that any route may give, whatever it is about. */
export const PLATFORM_ERRORS = {
  malformed_json: {
    status: 400,
    title: 'The body is not acceptable JSON',
    advice: 'Mend the JSON; the detail names the place.',
  },
  invalid_request: {
    status: 400,
    title: 'The request does not fit its schema',
    advice: 'Look at errors: each names a field and what it takes.',
  },
  malformed_request: {
    status: 400,
    title: 'The HTTP request is malformed',
    advice: 'Send one Host header, and no body with GET.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid credentials',
    advice: 'Send Authorization: Bearer with a key that is active in this world.',
  },
  forbidden: {
    status: 403,
    title: 'This role may not do this',
    advice: 'Use a key or a log-in whose role has this right.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing for you',
    advice: 'Check the id; things of other organisations answer the same.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take that method',
    advice: 'See Allow for those it takes.',
  },
  idempotency_in_flight: {
    status: 409,
    title: 'The same request is being worked on',
    advice: 'Wait a moment and send it again with the same key.',
  },
  idempotency_secret_shown: {
    status: 409,
    title: 'This was done, and its secret was shown then',
    advice: 'A secret is answered once. If the answer was lost, revoke what was made and make it anew.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This idempotency key was used for another request',
    advice: 'Use a new key for a new request.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    advice: 'Send less at once; the limit stands in the detail.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'This content type is not taken here',
    advice: 'Send application/json unless the route names another.',
  },
  rate_limited: { status: 429, title: 'Too many requests', advice: 'Wait as long as Retry-After says.' },
  conflict: {
    status: 409,
    title: 'Somebody else changed this at the same time',
    advice: 'Read it again and repeat.',
  },
  internal: {
    status: 500,
    title: 'An error of ours',
    advice: 'Try again later; name the request_id when you report it.',
  },
  unavailable: { status: 503, title: 'Not available just now', advice: 'Try again as Retry-After says.' },
} as const satisfies Catalogue;

export type PlatformErrorCode = keyof typeof PLATFORM_ERRORS;

/** RFC 9457 problem details; `code` is the entry of the catalogue. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
};

/** `types`: types that a standard gives to some codes; all others lead to their entry in the documentation. */
export function problemOf(
  rejection: Rejection,
  catalogue: Catalogue,
  requestId: string,
  types: Readonly<Record<string, string>> = {},
): Problem {
  const entry: CatalogueEntry | undefined = catalogue[rejection.code];
  if (entry === undefined) throw new Error(`the error code ${rejection.code} is not in the catalogue`);
  return {
    type: Object.hasOwn(types, rejection.code)
      ? (types[rejection.code] ?? '')
      : `/docs/errors#${rejection.code}`,
    title: entry.title,
    status: entry.status,
    code: rejection.code,
    detail: rejection.detail === '' ? entry.advice : rejection.detail,
    request_id: requestId,
    ...(rejection.errors === undefined ? {} : { errors: rejection.errors }),
  };
}
