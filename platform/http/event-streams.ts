import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { accepted, type Catalogue, type Outcome, refusedFor } from '../../network/kernel/index.ts';
import { monotonicMs } from '../clock/index.ts';
import type { EventStream, Route, StreamedEvent } from './route.ts';
import { wireCodec } from './wire.ts';

/** What a route that streams may refuse with besides its own. */
export const STREAM_ERRORS = {
  too_many_streams: {
    status: 429,
    title: 'Too many streams are open for you',
    advice: 'Close one that nobody reads, or ask now and then without a stream.',
  },
  streams_full: {
    status: 503,
    title: 'All streams of this server are taken',
    advice: 'Ask now and then without a stream, and try again as Retry-After says.',
  },
} as const satisfies Catalogue;
export const STREAM_REFUSALS = Object.keys(STREAM_ERRORS) as (keyof typeof STREAM_ERRORS)[];

export type StreamLimits = {
  /** Of one key, session or, without log-in, address. An office and a mobile network share one address. */
  readonly perCaller: number;
  /** Of this process. */
  readonly inAll: number;
};
/** Our defaults. A stream that rests costs some kilobytes of memory: see bench/live.ts. */
export const STREAM_LIMITS: StreamLimits = { perCaller: 100, inAll: 10_000 };

/** Between two comments that say that the line is alive. Proxies cut what is silent for 30 to 60 s. */
const HEARTBEAT_SECONDS = 15;
/** Then a stream ends and its reader opens another: who asks is looked at again, and servers share their readers. */
const LIFE_MS = 3_600_000;
/** So much may wait for a reader beyond what the system's buffers take; who is slower than that is cut off. */
const WAITING_BYTES = 262_144;
/** A reader comes back after 2 to 5 s, so that the readers of a server that stops do not come all at once. */
const RETRY_MS = { least: 2_000, most: 5_000 } as const;
/** Seconds after which somebody who found no free stream may try again. */
const RETRY_AFTER_SECONDS = 30;

/** The right to one stream; given back once, by its end or by a request that came to nothing. */
export type StreamSlot = { giveBack(): void };

export type EventStreams = {
  /** Before any work is done for it. */
  take(caller: string): Outcome<StreamSlot>;
  /** Answers with a stream and hands it to `open`; afterwards the reply is the stream's. Throws what `open` throws. */
  start(route: Route, reply: FastifyReply, slot: StreamSlot, open: (stream: EventStream) => void): void;
  /** At the stop of the server: readers come back to another, or to the next one. */
  endAll(): void;
  /** How long the request of a stream took until it was open; undefined for other requests. */
  openedAfterMs(reply: FastifyReply): number | undefined;
};

type Line = {
  readonly raw: ServerResponse;
  readonly openedMs: number;
  /** In which second of the heartbeat: thousands of writes do not come in one go. */
  readonly turn: number;
  /** Something had waited for the reader at the last heartbeat already. */
  isBehind: boolean;
};

/** Server-sent events (WHATWG HTML, 9.2) of one server. One timer for all of them, and none while there are none. */
export function createEventStreams(limits: StreamLimits = STREAM_LIMITS): EventStreams {
  const lines = new Set<Line>();
  const openedAfter = new WeakMap<FastifyReply, number>();
  let turn = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function beatNext(): void {
    turn = (turn + 1) % HEARTBEAT_SECONDS;
    for (const line of lines) if (line.turn === turn) beat(line);
  }

  function watch(line: Line): void {
    lines.add(line);
    timer ??= setInterval(beatNext, 1_000).unref();
    line.raw.once('close', () => {
      lines.delete(line);
      if (lines.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
  }

  return {
    take: placesOf(limits),
    start: (route, reply, slot, open) => {
      openedAfter.set(reply, reply.elapsedTime);
      reply.hijack();
      const { raw } = reply;
      if (raw.destroyed || raw.socket === null || raw.socket.destroyed) {
        slot.giveBack();
        return;
      }
      const closing = closingOf(raw);
      closing.acts.push(() => slot.giveBack());
      watch({ raw, openedMs: monotonicMs(), turn: lines.size % HEARTBEAT_SECONDS, isBehind: false });
      writeHead(reply);
      try {
        open(streamOver(route, raw, closing));
      } catch (error) {
        raw.destroy();
        throw error;
      }
    },
    endAll: () => {
      for (const { raw } of lines) raw.end();
    },
    openedAfterMs: (reply) => openedAfter.get(reply),
  };
}

function placesOf(limits: StreamLimits): EventStreams['take'] {
  const perCaller = new Map<string, number>();
  let taken = 0;
  return (caller) => {
    const own = perCaller.get(caller) ?? 0;
    if (own >= limits.perCaller) return refusedFor('too_many_streams', '', RETRY_AFTER_SECONDS);
    if (taken >= limits.inAll) return refusedFor('streams_full', '', RETRY_AFTER_SECONDS);
    taken += 1;
    perCaller.set(caller, own + 1);
    let isMine = true;
    const giveBack = () => {
      if (!isMine) return;
      isMine = false;
      taken -= 1;
      const left = (perCaller.get(caller) ?? 1) - 1;
      if (left === 0) perCaller.delete(caller);
      else perCaller.set(caller, left);
    };
    return accepted({ giveBack });
  };
}

function beat(line: Line): void {
  const { raw } = line;
  const waits = raw.writableLength > 0;
  if (waits && line.isBehind) raw.destroy();
  else if (monotonicMs() - line.openedMs > LIFE_MS) raw.end();
  else raw.write(':\n\n');
  line.isBehind = waits;
}

function writeHead(reply: FastifyReply): void {
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx hands on what comes at once instead of gathering it.
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${randomInt(RETRY_MS.least, RETRY_MS.most)}\n\n`);
}

function closingOf(raw: ServerResponse): Closing {
  const closing: Closing = { isClosed: false, acts: [] };
  raw.on('error', () => raw.destroy());
  raw.once('close', () => {
    closing.isClosed = true;
    for (const act of closing.acts) act();
  });
  return closing;
}

type Closing = { isClosed: boolean; readonly acts: (() => void)[] };

function streamOver(route: Route, raw: ServerResponse, closing: Closing): EventStream {
  const isOpen = () => !raw.destroyed && !raw.writableEnded;
  return {
    send: (event) => {
      if (!isOpen()) return;
      raw.write(eventText(route, event));
      if (raw.writableLength > WAITING_BYTES) raw.destroy();
    },
    end: () => {
      if (isOpen()) raw.end();
    },
    onClose: (act) => {
      if (closing.isClosed) act();
      else closing.acts.push(act);
    },
  };
}

/** Throws when the route's contract does not know the event: what is not in it never leaves. */
function eventText(route: Route, { event, id, data }: StreamedEvent): string {
  const schema = route.effect === 'own' ? route.events?.[event] : undefined;
  if (schema === undefined) throw new Error(`${route.operation} does not stream ${event}`);
  const json = JSON.stringify(wireCodec(schema).encode(data));
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`;
}
