import { PostroadConnectionError, retryAfterSeconds } from './problem.ts';

export type FetchLike = (request: Request) => Promise<Response>;

export type RetryOptions = {
  readonly fetch: FetchLike;
  /** Attempts after the first one. */
  readonly retries: number;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Wait before the first retry; doubles with each. */
  readonly firstDelayMs: number;
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
};

/** Longest wait between two attempts, also when the server asks for more. Our default. */
export const MAX_DELAY_MS = 30_000;
/** The server did nothing, or the same Idempotency-Key makes a repetition harmless. */
const RETRYABLE_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** RFC 9110, 9.2.2: repeating these has the effect of one. PATCH and a POST without a key are sent once. */
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/**
 * Wraps `fetch`: a time limit for each attempt, and another attempt after a broken connection, 409
 * idempotency_in_flight, 429, 502, 503 and 504, with exponentially growing waits. The body and the Idempotency-Key are
 * the same in every attempt. An abort by the caller ends it at once.
 */
export function withRetries(options: RetryOptions): FetchLike {
  return async (request) => {
    const repeatable = IDEMPOTENT_METHODS.has(request.method) || request.headers.has('idempotency-key');
    const attempts = repeatable ? options.retries + 1 : 1;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= attempts;
      const outcome = await attemptOnce(options, isLast ? request : (request.clone() as Request));
      if (outcome instanceof Response) {
        if (isLast || !(await isRetryable(outcome))) return outcome;
        await options.sleep(delayMs(options, attempt, retryAfterSeconds(outcome.headers)), request.signal);
      } else {
        if (isLast) throw outcome;
        await options.sleep(delayMs(options, attempt, undefined), request.signal);
      }
    }
  };
}

/**
 * The whole answer, or the failure of the connection. Throws what the caller's own signal says. The body is read here,
 * so that the time limit and the retries hold for it too. The limit does not lean on `fetch` hearing the abort: Node
 * may collect the link between the signals of two Requests, and the abort is then lost.
 */
async function attemptOnce(
  options: RetryOptions,
  request: Request,
): Promise<Response | PostroadConnectionError> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  let isLate = false;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (reason: unknown) => {
      controller.abort(reason);
      reject(reason);
    };
    timer = setTimeout(() => {
      isLate = true;
      end(new DOMException('no answer in time', 'TimeoutError'));
    }, options.timeoutMs);
    onAbort = () => end(request.signal.reason);
    request.signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    request.signal.throwIfAborted();
    const answered = options.fetch(new Request(request, { signal: controller.signal })).then(whole);
    return await Promise.race([answered, ended]);
  } catch (cause) {
    request.signal.throwIfAborted();
    return new PostroadConnectionError(isLate ? 'timeout' : 'network', request.url, cause);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) request.signal.removeEventListener('abort', onAbort);
  }
}

/** Statuses whose answer has no body, not even an empty one (Fetch standard, null body status). */
const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

async function whole(response: Response): Promise<Response> {
  const bytes = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(NULL_BODY.has(status) ? null : bytes, { status, statusText, headers });
}

async function isRetryable(response: Response): Promise<boolean> {
  if (RETRYABLE_STATUS.has(response.status)) return true;
  if (response.status !== 409) return false;
  try {
    const body = (await response.clone().json()) as { code?: unknown } | null;
    return body?.code === 'idempotency_in_flight';
  } catch {
    return false;
  }
}

/**
 * What the server asked for, else firstDelayMs * 2^(attempt-1); between half and the whole of it, so that clients that
 * failed together do not come back together.
 */
export function delayMs(
  options: Pick<RetryOptions, 'firstDelayMs' | 'random'>,
  attempt: number,
  askedSeconds: number | undefined,
): number {
  if (askedSeconds !== undefined) return Math.min(MAX_DELAY_MS, askedSeconds * 1000 + options.random() * 100);
  const whole = Math.min(MAX_DELAY_MS, options.firstDelayMs * 2 ** (attempt - 1));
  return whole / 2 + (options.random() * whole) / 2;
}

/** Waits; an abort ends the wait with the signal's reason. */
export function sleepUnlessAborted(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, delay);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
