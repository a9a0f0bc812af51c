import { Agent, request } from 'node:http';

/** Where the server answers at the moment; waits while it is down. */
export type Address = { baseUrl(): Promise<string> };
export type Answer<T = Record<string, unknown>> = { readonly status: number; readonly body: T };
export type Caller = {
  get<T>(path: string): Promise<T>;
  bytes(path: string): Promise<Buffer>;
  /** A write, tried with the same Idempotency-Key until the server has answered. Throws when it is refused. */
  post<T>(path: string, body: unknown, idempotencyKey: string): Promise<T>;
  /** As `post`, but a refusal is an answer. */
  ask<T>(path: string, body: unknown, idempotencyKey: string): Promise<Answer<T>>;
};

export class RefusedCall extends Error {
  readonly status: number;
  constructor(what: string, status: number, body: unknown) {
    super(`${what}: ${status} ${JSON.stringify(body).slice(0, 600)}`);
    this.status = status;
  }
}

/** What was sent and how often it had to be sent again. */
export type Traffic = { requests: number; repeated: number; serverErrors: string[] };
export const newTraffic = (): Traffic => ({ requests: 0, repeated: 0, serverErrors: [] });

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
/** How often a call is tried over a server that is gone, and how long it waits between: a minute and a half. */
const ATTEMPTS = 900;
const PAUSE_MS = 100;
const TIMEOUT_MS = 60_000;

export function createCaller(address: Address, key: string, traffic: Traffic): Caller {
  const call = async (method: string, path: string, body?: unknown, idempotencyKey?: string) => {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${key}`,
      ...(payload === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(payload.length) }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    };
    for (let attempt = 1; ; attempt += 1) {
      traffic.requests += 1;
      const sent = await once(new URL(path, await address.baseUrl()), method, headers, payload).catch(
        (error: Error) => error,
      );
      if (!(sent instanceof Error)) {
        if (sent.status === 500)
          traffic.serverErrors.push(`${method} ${path}: ${sent.bytes.toString('utf8')}`);
        if (!isPassing(sent)) return sent;
      }
      if (attempt === ATTEMPTS)
        throw sent instanceof Error ? sent : new Error(`${path}: ${sent.status} to the end`);
      traffic.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const ask = async <T>(path: string, body: unknown, idempotencyKey: string): Promise<Answer<T>> => {
    const { status, bytes } = await call('POST', path, body, idempotencyKey);
    return { status, body: JSON.parse(bytes.toString('utf8')) as T };
  };
  const bytes = async (path: string) => {
    const sent = await call('GET', path);
    if (sent.status !== 200) throw new RefusedCall(`GET ${path}`, sent.status, sent.bytes.toString('utf8'));
    return sent.bytes;
  };
  return {
    ask,
    bytes,
    get: async <T>(path: string) => JSON.parse((await bytes(path)).toString('utf8')) as T,
    post: async <T>(path: string, body: unknown, idempotencyKey: string) => {
      const answer = await ask<T>(path, body, idempotencyKey);
      if (answer.status >= 300) throw new RefusedCall(`POST ${path}`, answer.status, answer.body);
      return answer.body;
    },
  };
}

type Sent = { readonly status: number; readonly bytes: Buffer };

/** The server is on its way down or up, or the first attempt is still under way there. */
function isPassing({ status, bytes }: Sent): boolean {
  if (status === 503 || status === 429) return true;
  return status === 409 && bytes.includes('idempotency_in_flight');
}

function once(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: Buffer | undefined,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent, timeout: TIMEOUT_MS }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('aborted', () => reject(new Error('the answer was cut off')));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, bytes: Buffer.concat(parts) }));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** All pages of a list. */
export async function allOf<T>(caller: Caller, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const more: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { data: T[]; next_cursor?: string } = await caller.get(
      `${path}${path.includes('?') ? '&' : '?'}limit=100${more}`,
    );
    items.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return items;
}

/** Runs `work` over the items, at most `width` at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
