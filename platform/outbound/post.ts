import { lookup as systemLookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
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

export type Outbound = { post(request: OutboundPost): Promise<OutboundAnswer> };

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
 * changes in between changes nothing. Redirects are answers, not followed; nothing is unpacked; one connection each.
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

  async function exchange(request: OutboundPost, signal: AbortSignal) {
    const target = readTarget(request.url, options);
    if (!target.ok) throw new Refusal('address_refused');
    const address = await checkedAddress(target.value, lookup, isAllowed);
    if (signal.aborted) throw new Refusal('timeout');
    return send(target.value, address, request, {
      signal,
      maxAnswerBytes,
      isPeerAllowed: (peer) => isAllowed(peer, 'peer'),
    });
  }

  return {
    post: async (request) => {
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
        const answer = await Promise.race([exchange(request, abort.signal), tooLate]);
        return { kind: 'answered', ...answer, durationMs: passed() };
      } catch (error) {
        return { kind: 'failed', failure: failureOf(error), durationMs: passed() };
      } finally {
        clearTimeout(timer);
      }
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

type Exchange = {
  readonly signal: AbortSignal;
  readonly maxAnswerBytes: number;
  readonly isPeerAllowed: (address: string) => boolean;
};

function send(target: Target, address: string, request: OutboundPost, exchange: Exchange) {
  return new Promise<{ status: number; text: string; retryAfter: string | undefined }>((resolve, reject) => {
    const make = target.isSecure ? httpsRequest : httpRequest;
    const sending: ClientRequest = make({
      host: address,
      port: target.port,
      // An address has no SNI (RFC 6066, section 3); the certificate is then checked against the address.
      servername: target.literal ? '' : target.host,
      method: 'POST',
      path: `${target.url.pathname}${target.url.search}`,
      headers: {
        ...request.headers,
        host: target.url.host,
        'content-length': String(request.body.length),
        connection: 'close',
      },
      agent: false,
      maxHeaderSize: 16_384,
      signal: exchange.signal,
    });
    sending.on('error', reject);
    sending.on('socket', (socket: Socket) => {
      // Nothing is written before the peer is known: `end` comes only here.
      socket.once(target.isSecure ? 'secureConnect' : 'connect', () => {
        if (exchange.isPeerAllowed(socket.remoteAddress ?? '')) sending.end(request.body);
        else sending.destroy(new Refusal('address_refused'));
      });
    });
    sending.on('response', (answer) => {
      readStart(answer, exchange.maxAnswerBytes).then((text) => {
        resolve({ status: answer.statusCode ?? 0, text, retryAfter: answer.headers['retry-after'] });
        sending.destroy();
      }, reject);
    });
  });
}

/** The start of an answer; the rest of a long one is not read. Rejects when it breaks off before its end. */
async function readStart(answer: IncomingMessage, maxBytes: number): Promise<string> {
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
  return Buffer.concat(parts).subarray(0, maxBytes).toString('utf8');
}

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
