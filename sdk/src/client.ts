import createFetchClient, {
  type FetchResponse,
  type MaybeOptionalInit,
  type Middleware,
} from 'openapi-fetch';
import type { paths } from './openapi.gen.ts';
import { problemFrom } from './problem.ts';
import { sleepUnlessAborted, withRetries } from './retry.ts';

export type PostroadClientOptions = {
  /** Where the server is, e.g. `https://post.example` (without `/v1`). */
  readonly baseUrl: string;
  /** `prd_live_...` or `prd_test_...`; without one only the public operations answer. */
  readonly key?: string;
  /**
   * For pages of the server itself, whose cookie authenticates: the session's `csrf_token`, which everything but GET
   * needs. Asked at each request, because it comes with the log-in.
   */
  readonly csrfToken?: () => string | undefined;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Attempts after the first; default 3. */
  readonly retries?: number;
  /** For one attempt; default 30 seconds. */
  readonly timeoutMs?: number;
  /** Wait before the first retry, doubled with each; default 250 ms. */
  readonly retryDelayMs?: number;
};

type Media = `${string}/${string}`;
type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsWithMethod<Method extends HttpMethod> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, object> ? Path : never;
}[keyof paths];

type RequiredKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T];
/** The second argument may be left out when nothing in it is required. */
type InitParam<Init> = RequiredKeys<Init> extends never ? [init?: Init] : [init: Init];

/** One HTTP method over all paths that have it. Answers the body of a 2xx; everything else is thrown. */
type Operations<Method extends HttpMethod> = <
  Path extends PathsWithMethod<Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  path: Path,
  ...init: InitParam<Init>
) => Promise<
  NonNullable<FetchResponse<paths[Path][Method] & Record<string | number, unknown>, Init, Media>['data']>
>;

type JsonOf<Operation> = Operation extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** Paths whose GET answers `{ data, next_cursor }`, and what their pages hold. */
export type ListPath = {
  [Path in keyof paths]: JsonOf<paths[Path]['get']> extends { data: readonly unknown[]; next_cursor?: string }
    ? Path
    : never;
}[keyof paths];
export type ListItem<Path extends ListPath> =
  JsonOf<paths[Path]['get']> extends { data: readonly (infer Item)[] } ? Item : never;
export type ListInit<Path extends ListPath> = paths[Path]['get'] extends { parameters: infer Parameters }
  ? { readonly params?: Partial<Parameters>; readonly signal?: AbortSignal }
  : { readonly signal?: AbortSignal };

export type PostroadClient = {
  readonly get: Operations<'get'>;
  readonly post: Operations<'post'>;
  readonly put: Operations<'put'>;
  readonly patch: Operations<'patch'>;
  readonly delete: Operations<'delete'>;
  /** All items of a list, page after page: `for await (const key of client.listAll('/v1/api-keys'))`. */
  listAll<Path extends ListPath>(
    path: Path,
    init?: ListInit<Path>,
  ): AsyncGenerator<ListItem<Path>, void, undefined>;
};

/**
 * A typed client of the HTTP API. POSTs get an `Idempotency-Key` of their own (give one in `headers` to choose it), the
 * same in every retry, so that a repeated request has one effect.
 *
 * @throws PostroadProblem when the server refuses, PostroadConnectionError when no answer came
 */
export function createPostroadClient(options: PostroadClientOptions): PostroadClient {
  const client = createFetchClient<paths>({
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    headers: options.key === undefined ? {} : { authorization: `Bearer ${options.key}` },
    fetch: withRetries({
      // Called late, so that a page's or a test's replacement of the global one counts.
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      retries: options.retries ?? 3,
      timeoutMs: options.timeoutMs ?? 30_000,
      firstDelayMs: options.retryDelayMs ?? 250,
      sleep: sleepUnlessAborted,
      random: Math.random,
    }),
  });
  client.use(CONVENTIONS);
  if (options.csrfToken !== undefined) client.use(withCsrfToken(options.csrfToken));
  const call = (method: HttpMethod) => async (path: string, init?: object) => {
    const { data } = await (client.request as LooseRequest)(method, path, init ?? {});
    return data;
  };
  return {
    get: call('get') as Operations<'get'>,
    post: call('post') as Operations<'post'>,
    put: call('put') as Operations<'put'>,
    patch: call('patch') as Operations<'patch'>,
    delete: call('delete') as Operations<'delete'>,
    listAll: (path, init) =>
      eachItem((cursor) => call('get')(path, withCursor(init, cursor)) as Promise<Page<never>>),
  };
}

/** openapi-fetch types a call by its literal path; ours are typed by `Operations` already. */
type LooseRequest = (method: string, path: string, init: object) => Promise<{ data?: unknown }>;

const CONVENTIONS: Middleware = {
  onRequest: ({ request }) => {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', newIdempotencyKey());
    return request;
  },
  onResponse: async ({ response }) => {
    if (!response.ok) throw await problemFrom(response);
  },
};

function withCsrfToken(csrfToken: () => string | undefined): Middleware {
  return {
    onRequest: ({ request }) => {
      const token = request.method === 'GET' ? undefined : csrfToken();
      if (token !== undefined) request.headers.set('postroad-csrf', token);
      return request;
    },
  };
}

/** `crypto.randomUUID` is missing on pages that are not served securely; random bytes are everywhere. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export type Page<Item> = { readonly data: readonly Item[]; readonly next_cursor?: string | undefined };

/** Items of all pages of any cursor list. */
export async function* eachItem<Item>(
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    yield* page.data;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

/** Pages of 100, the most that the API gives, unless `limit` says less. */
function withCursor(init: object | undefined, cursor: string | undefined): object {
  const given = (init ?? {}) as { params?: { query?: object } };
  const query = { limit: 100, ...given.params?.query, ...(cursor === undefined ? {} : { cursor }) };
  return { ...given, params: { ...given.params, query } };
}
