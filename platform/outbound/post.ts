import { lookup as systemLookup } from 'node:dns/promises';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { addressFault } from './address.policy.ts';
import { readTarget, type Target } from './target.policy.ts';

export type OutboundFailure =
  /** The URL, an address that its name stands for, or the address that answered is not public. */
  | 'address_refused'
  | 'name_not_found'
  | 'connection_failed'
  | 'certificate_refused'
  | 'timeout'
  /** The connection ended before the answer did. */
  | 'answer_broken';

export type OutboundAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The first `maxAnswerBytes` of the answer as text. */
      readonly text: string;
      readonly retryAfter: string | undefined;
      readonly durationMs: number;
    }
  | { readonly kind: 'failed'; readonly failure: OutboundFailure; readonly durationMs: number };

export type OutboundPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** What came back, as bytes. `isWhole`: false when it was longer than `maxAnswerBytes`. */
export type OutboundBytes =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly bytes: Uint8Array;
      readonly isWhole: boolean;
      readonly contentType: string;
      readonly retryAfter: string | undefined;
      readonly durationMs: number;
    }
  | { readonly kind: 'failed'; readonly failure: OutboundFailure; readonly durationMs: number };

export type OutboundRequest = OutboundPost & { readonly method: 'GET' | 'POST' };

export type Outbound = {
  post(request: OutboundPost): Promise<OutboundAnswer>;
  exchange(request: OutboundRequest): Promise<OutboundBytes>;
};

export type OutboundOptions = {
  /** For development and tests: receivers on this machine. Never on a server that strangers use. */
  readonly allowLoopback: boolean;
  /** For the whole exchange: name, connection, request and answer. */
  readonly timeoutMs?: number;
  readonly maxAnswerBytes?: number;
  /** All addresses of a name; the system's by default. */
  readonly lookup?: (host: string) => Promise<readonly string[]>;
  /** The rule that each literal, looked-up and connected address must pass; for tests of the order of checks. */
  readonly isAllowed?: (address: string, step: 'name' | 'peer') => boolean;
};

/** Source: Standard Webhooks, "15s to 30s" for a time-out. */
const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;

/** Kept open between two exchanges: less than the five seconds after which servers of Node close theirs. */
const KEPT_MS = 4_000;
const CONNECTIONS = { keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo', timeout: KEPT_MS } as const;
type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent };

class KeptConnectionLost extends Error {}

class Refusal extends Error {
  readonly failure: OutboundFailure;
  constructor(failure: OutboundFailure) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Sends to addresses that strangers chose. Three checks against requests into our own network: the URL with its
 * literal, every address that its name stands for, and the address that really answered, before a byte of the request
 * is written. The connection goes to the checked address itself (with Host and SNI of the name), so that a name that
 * changes in between changes nothing. A connection that was checked is kept for a moment and used again for the same
 * address, port and name. Redirects are answers, not followed; nothing is unpacked.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES;
  const lookup = options.lookup ?? lookUpAll;
  const isAllowed =
    options.isAllowed ??
    ((address) => {
      const fault = addressFault(address);
      return fault === undefined || (fault === 'loopback' && options.allowLoopback);
    });

  const agents: Agents = {
    http: new HttpAgent(CONNECTIONS),
    https: new HttpsAgent(CONNECTIONS),
  };

  async function attempt(request: OutboundRequest, signal: AbortSignal) {
    const target = readTarget(request.url, options);
    if (!target.ok) throw new Refusal('address_refused');
    const address = await checkedAddress(target.value, lookup, isAllowed);
    if (signal.aborted) throw new Refusal('timeout');
    const rules = {
      signal,
      maxAnswerBytes,
      agents,
      isPeerAllowed: (peer: string) => isAllowed(peer, 'peer'),
    };
    try {
      return await send(target.value, address, request, rules);
    } catch (error) {
      // A kept connection may be closed by the other side at the moment of its use: a new one tells what it is.
      if (!(error instanceof KeptConnectionLost)) throw error;
      return send(target.value, address, request, { ...rules, agents: undefined });
    }
  }

  async function exchange(request: OutboundRequest): Promise<OutboundBytes> {
    const begun = performance.now();
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Refusal('timeout'));
        abort.abort();
      }, timeoutMs);
    });
    const passed = () => Math.round(performance.now() - begun);
    try {
      // The race ends also when the system's resolver hangs, which nothing can abort.
      const answer = await Promise.race([attempt(request, abort.signal), tooLate]);
      return { kind: 'answered', ...answer, durationMs: passed() };
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error), durationMs: passed() };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    exchange,
    post: async (request) => {
      const answer = await exchange({ ...request, method: 'POST' });
      if (answer.kind === 'failed') return answer;
      const { status, bytes, retryAfter, durationMs } = answer;
      return { kind: 'answered', status, text: Buffer.from(bytes).toString('utf8'), retryAfter, durationMs };
    },
  };
}

async function lookUpAll(host: string): Promise<readonly string[]> {
  const found = await systemLookup(host, { all: true, verbatim: true });
  return found.map((entry) => entry.address);
}

/** One address that may be used. A name with even one address that may not is refused as a whole. */
async function checkedAddress(
  target: Target,
  lookup: NonNullable<OutboundOptions['lookup']>,
  isAllowed: NonNullable<OutboundOptions['isAllowed']>,
): Promise<string> {
  let addresses: readonly string[] = [target.host];
  if (!target.literal) {
    addresses = await lookup(target.host).catch(() => {
      throw new Refusal('name_not_found');
    });
  }
  const first = addresses.find((address) => !address.includes(':')) ?? addresses[0];
  if (first === undefined) throw new Refusal('name_not_found');
  if (!addresses.every((address) => isAllowed(address, 'name'))) throw new Refusal('address_refused');
  return first;
}

type Received = Omit<Extract<OutboundBytes, { kind: 'answered' }>, 'kind' | 'durationMs'>;

type Exchange = {
  readonly signal: AbortSignal;
  readonly maxAnswerBytes: number;
  /** Undefined: a connection of its own. */
  readonly agents: Agents | undefined;
  readonly isPeerAllowed: (address: string) => boolean;
};

function send(target: Target, address: string, request: OutboundRequest, exchange: Exchange) {
  return new Promise<Received>((resolve, reject) => {
    const make = target.isSecure ? httpsRequest : httpRequest;
    const agent = target.isSecure ? exchange.agents?.https : exchange.agents?.http;
    let isAnswered = false;
    const sending: ClientRequest = make({
      host: address,
      port: target.port,
      // An address has no SNI (RFC 6066, section 3); the certificate is then checked against the address.
      servername: target.literal ? '' : target.host,
      method: request.method,
      path: `${target.url.pathname}${target.url.search}`,
      headers: {
        ...request.headers,
        host: target.url.host,
        ...(request.method === 'GET' ? {} : { 'content-length': String(request.body.length) }),
        ...(agent === undefined ? { connection: 'close' } : {}),
      },
      agent: agent ?? false,
      maxHeaderSize: 16_384,
      signal: exchange.signal,
    });
    sending.on('error', (error) => {
      const isLost = sending.reusedSocket && !isAnswered && isReset(error);
      reject(isLost ? new KeptConnectionLost() : error);
    });
    sending.on('socket', (socket: Socket) => {
      // Nothing is written before the peer is known: `end` comes only here.
      const go = () => {
        if (exchange.isPeerAllowed(socket.remoteAddress ?? '')) sending.end(request.body);
        else sending.destroy(new Refusal('address_refused'));
      };
      if (sending.reusedSocket) go();
      else socket.once(target.isSecure ? 'secureConnect' : 'connect', go);
    });
    sending.on('response', (answer) => {
      isAnswered = true;
      readStart(answer, exchange.maxAnswerBytes).then((bytes) => {
        resolve({
          status: answer.statusCode ?? 0,
          bytes,
          isWhole: answer.complete,
          contentType: answer.headers['content-type'] ?? '',
          retryAfter: answer.headers['retry-after'],
        });
        // Read to its end, its connection is kept; of a longer answer nothing more is wanted.
        if (!answer.complete) sending.destroy();
      }, reject);
    });
  });
}

/** The start of an answer; the rest of a long one is not read. Rejects when it breaks off before its end. */
async function readStart(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer) {
      parts.push(part as Uint8Array);
      length += (part as Uint8Array).length;
      if (length >= maxBytes) break;
    }
  } catch (cause) {
    if (cause instanceof Refusal || (cause as Error).name === 'AbortError') throw cause;
    throw new Refusal('answer_broken');
  }
  return Buffer.concat(parts).subarray(0, maxBytes);
}

const isReset = (error: Error): boolean => {
  const { code } = error as { code?: unknown };
  return code === 'ECONNRESET' || code === 'EPIPE';
};

function failureOf(error: unknown): OutboundFailure {
  if (error instanceof Refusal) return error.failure;
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'AbortError') return 'timeout';
  if (typeof code !== 'string') return 'connection_failed';
  if (/^(CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_)/.test(code)) return 'certificate_refused';
  return code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('HPE_')
    ? 'answer_broken'
    : 'connection_failed';
}
