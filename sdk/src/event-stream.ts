import { PostroadProblem, problemFrom } from './problem.ts';
import { delayMs, sleepUnlessAborted } from './retry.ts';

/** One event of a `text/event-stream` (WHATWG HTML, 9.2). `data` is its text: JSON, in this API. */
export type ServerEvent = {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
};

export type FollowOptions = {
  /** Sends the request; `lastEventId` belongs into the header Last-Event-ID. */
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: ServerEvent) => void;
  /** Whether the line is up, whenever that changes. */
  readonly onLive?: (isLive: boolean) => void;
  /** Its abort ends it. */
  readonly signal: AbortSignal;
  /** A line on which nothing comes for so long is taken for dead; the server says something every 15 s. Default 40 s. */
  readonly silenceMs?: number;
  /** Wait before the next try after a failure, doubled with each; default 2 s. After an end, what the server said. */
  readonly retryDelayMs?: number;
};

/**
 * Follows a stream until it is told to stop: opens it again when it ends or breaks, from the last event on. Resolves when
 * the signal aborts.
 *
 * @throws PostroadProblem when the server refuses for good (not 429 and not 5xx)
 */
export async function followEvents(options: FollowOptions): Promise<void> {
  const { signal, onLive = () => undefined } = options;
  const state: FollowState = { lastEventId: undefined, retryMs: options.retryDelayMs ?? 2_000 };
  for (let failures = 0; !signal.aborted; ) {
    let waitMs: number;
    try {
      await followOnce(options, state, () => {
        failures = 0;
        onLive(true);
      });
      waitMs = state.retryMs;
    } catch (error) {
      if (signal.aborted) break;
      const problem = error instanceof PostroadProblem ? error : undefined;
      if (problem !== undefined && problem.status < 500 && problem.status !== 429) throw problem;
      failures += 1;
      const pace = { firstDelayMs: options.retryDelayMs ?? 2_000, random: Math.random };
      waitMs = delayMs(pace, failures, problem?.retryAfterSeconds);
    }
    onLive(false);
    await sleepUnlessAborted(waitMs, signal).catch(() => undefined);
  }
}

type FollowState = { lastEventId: string | undefined; retryMs: number };

async function followOnce(options: FollowOptions, state: FollowState, onOpen: () => void): Promise<void> {
  const line = new AbortController();
  const silenceMs = options.silenceMs ?? 40_000;
  const hangUp = () => line.abort();
  options.signal.addEventListener('abort', hangUp, { once: true });
  let silence = setTimeout(hangUp, silenceMs);
  try {
    const response = await options.open(state.lastEventId, line.signal);
    if (!response.ok) throw await problemFrom(response);
    if (response.body === null) throw new Error('a stream without a body');
    onOpen();
    const parser = eventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(hangUp, silenceMs);
      for (const event of parser.push(value)) {
        state.lastEventId = event.id ?? state.lastEventId;
        options.onEvent(event);
      }
      state.retryMs = parser.retryMs() ?? state.retryMs;
    }
  } finally {
    clearTimeout(silence);
    options.signal.removeEventListener('abort', hangUp);
    line.abort();
  }
}

/** Text in any pieces to events. Lines end with LF, CR or both; comments and fields of other names are passed over. */
export function eventParser() {
  let rest = '';
  let retry: number | undefined;
  let event = '';
  let id: string | undefined;
  let data: string[] = [];

  function field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  return {
    push(text: string): ServerEvent[] {
      const events: ServerEvent[] = [];
      rest += text;
      // A CR at the end may be the first half of a CRLF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') {
          field(line);
          continue;
        }
        if (data.length > 0)
          events.push({ event: event === '' ? 'message' : event, id, data: data.join('\n') });
        event = '';
        data = [];
      }
      return events;
    },
    /** What the server asked for, in milliseconds. */
    retryMs: (): number | undefined => retry,
  };
}
