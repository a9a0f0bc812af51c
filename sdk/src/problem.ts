/** One field that was refused: `pointer` is a JSON pointer into the body, or `/query/name`. */
export type ProblemField = {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
};

/**
 * The server refused the request (RFC 9457 problem details). Branch on `code`, which stands in the error catalogue
 * (`/docs/errors`); `detail` is a sentence for people.
 */
export class PostroadProblem extends Error {
  override readonly name = 'PostroadProblem';
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemField[];
  /** Names the request in the server's log; give it to support. */
  readonly requestId: string | undefined;
  /** Seconds the server asks to wait, from `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: {
    readonly code: string;
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly errors: readonly ProblemField[];
    readonly requestId: string | undefined;
    readonly retryAfterSeconds: number | undefined;
  }) {
    super(`${problem.status} ${problem.code}: ${problem.detail || problem.title}`);
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors;
    this.requestId = problem.requestId;
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

/** No answer came: the server is away, the connection broke, or the time was up. `cause` is what `fetch` threw. */
export class PostroadConnectionError extends Error {
  override readonly name = 'PostroadConnectionError';
  readonly reason: 'timeout' | 'network';

  constructor(reason: 'timeout' | 'network', url: string, cause: unknown) {
    super(reason === 'timeout' ? `no answer in time from ${url}` : `no connection to ${url}`, { cause });
    this.reason = reason;
  }
}

/** Reads a refusal. A body that is no problem document (a proxy's page) gives the code `http_<status>`. */
export async function problemFrom(response: Response): Promise<PostroadProblem> {
  const body = await readObject(response);
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : undefined);
  return new PostroadProblem({
    code: text('code') ?? `http_${response.status}`,
    status: response.status,
    title: text('title') ?? response.statusText,
    detail: text('detail') ?? '',
    errors: Array.isArray(body.errors) ? body.errors.filter(isField) : [],
    requestId: text('request_id') ?? response.headers.get('request-id') ?? undefined,
    retryAfterSeconds: retryAfterSeconds(response.headers),
  });
}

/** `Retry-After` in seconds, given as seconds or as a date; undefined when absent or nonsense. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isField(value: unknown): value is ProblemField {
  const field = value as Partial<ProblemField> | null;
  return (
    typeof field?.pointer === 'string' && typeof field.code === 'string' && typeof field.message === 'string'
  );
}
