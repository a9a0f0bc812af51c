import type { OutboundBytes, OutboundRequest } from '../../platform/outbound/index.ts';
import type { CarrierReading, ReadPayload } from '../tracking/index.ts';
import type { CredentialFields, PullClient, PulledNumber, PullRequest } from './connector-contract.ts';
import { outcomeOfFailure, outcomeOfReading, outcomeOfStatus, type PullOutcome } from './outcome.policy.ts';
import { readRetryAfter } from './retry-after.policy.ts';
import type { TokenShelf } from './token-shelf.ts';

export type PullPorts = {
  readonly outbound: { exchange(request: OutboundRequest): Promise<OutboundBytes> };
  readonly readPayload: ReadPayload;
  readonly tokens: TokenShelf;
  /** The time that carriers compare with theirs: never a test world's. */
  readonly nowMs: () => number;
  readonly nonce: () => string;
};

export type PullCredential = {
  /** Tokens are kept by it. */
  readonly id: string;
  readonly fields: CredentialFields;
  /** Instead of the carrier's own, for development and tests on this machine. */
  readonly baseUrl?: string | undefined;
};

export type PulledPage = {
  readonly payload: Uint8Array;
  readonly contentType: string;
  readonly reading: CarrierReading;
};

export type Pulled = {
  readonly outcome: PullOutcome;
  /** How long the carrier wants to be left alone. */
  readonly retryAfterMs: number | undefined;
  /** What was read, in the order it came; also of an answer that was no good, where there was text to keep. */
  readonly pages: readonly PulledPage[];
  readonly requests: number;
};

/** Pages of one answer that are followed: one number has few. Our default; the lease of a source lasts as long. */
const MAX_PAGES = 3;

/**
 * Asks a carrier about numbers, at most `client.batchSize`. Never throws for what the carrier does. A token that is
 * refused is renewed once; a connection that broke is tried once more, because asking twice changes nothing. Everything
 * else waits for the source's next turn.
 */
export async function pull(
  ports: PullPorts,
  client: PullClient,
  credential: PullCredential,
  numbers: readonly PulledNumber[],
): Promise<Pulled> {
  const pages: PulledPage[] = [];
  let requests = 0;
  let path: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const asked = await ask(ports, client, credential, numbers, path);
    requests += asked.requests;
    if (asked.page !== undefined) pages.push(asked.page);
    if (asked.outcome !== 'read')
      return { outcome: asked.outcome, retryAfterMs: asked.retryAfterMs, pages, requests };
    path = asked.page && client.nextPath?.(new TextDecoder().decode(asked.page.payload));
    if (path === undefined) break;
  }
  return { outcome: 'read', retryAfterMs: undefined, pages, requests };
}

type Asked = {
  readonly outcome: PullOutcome;
  readonly retryAfterMs?: number | undefined;
  readonly page?: PulledPage;
  readonly requests: number;
};

async function ask(
  ports: PullPorts,
  client: PullClient,
  credential: PullCredential,
  numbers: readonly PulledNumber[],
  path: string | undefined,
): Promise<Asked> {
  let requests = 0;
  for (let attempt = 1; ; attempt += 1) {
    const grant = await tokenFor(ports, client, credential);
    requests += grant.requests;
    if (grant.token === undefined) return { ...grant, requests };
    const facts = {
      fields: credential.fields,
      nowMs: ports.nowMs(),
      nonce: ports.nonce(),
      token: grant.token,
    };
    const request = client.request(numbers, facts);
    const answer = await send(ports, client, credential, path === undefined ? request : { ...request, path });
    requests += 1;
    const asked = judge(ports, client, answer);
    const isTokenOld = asked.outcome === 'credential_refused' && client.token !== undefined;
    if (isTokenOld) ports.tokens.forget(credential.id, grant.token);
    if (attempt > 1 || !(isTokenOld || asked.outcome === 'connection_broken')) return { ...asked, requests };
  }
}

type Granted = {
  readonly token: string | undefined;
  readonly outcome: PullOutcome;
  readonly retryAfterMs?: number | undefined;
  readonly requests: number;
};

/** The empty token for a client that needs none. */
async function tokenFor(ports: PullPorts, client: PullClient, credential: PullCredential): Promise<Granted> {
  if (client.token === undefined) return { token: '', outcome: 'read', requests: 0 };
  const kept = ports.tokens.find(credential.id, ports.nowMs());
  if (kept !== undefined) return { token: kept, outcome: 'read', requests: 0 };
  const facts = { fields: credential.fields, nowMs: ports.nowMs(), nonce: ports.nonce() };
  const answer = await send(ports, client, credential, client.token.request(facts));
  const refusal = { token: undefined, requests: 1 };
  if (answer.kind === 'failed') return { ...refusal, outcome: outcomeOfFailure(answer.failure) };
  const { status, retryAfter } = answer;
  const retryAfterMs = readRetryAfter(retryAfter, ports.nowMs());
  // RFC 6749, section 5.2: a client that is not known gets 400 or 401.
  if (status === 400) return { ...refusal, outcome: 'credential_refused' };
  const told = outcomeOfStatus(status);
  if (told !== undefined) return { ...refusal, outcome: told, retryAfterMs };
  if (status >= 400) return { ...refusal, outcome: 'request_refused' };
  const granted = client.token.read(new TextDecoder().decode(answer.bytes));
  if (granted === undefined) return { ...refusal, outcome: 'answer_not_of_carrier' };
  ports.tokens.keep(credential.id, granted.token, ports.nowMs(), granted.expiresInMs);
  return { token: granted.token, outcome: 'read', requests: 1 };
}

function send(
  ports: PullPorts,
  client: PullClient,
  credential: PullCredential,
  request: PullRequest,
): Promise<OutboundBytes> {
  return ports.outbound.exchange({
    method: request.method,
    url: `${(credential.baseUrl ?? client.baseUrl).replace(/\/$/, '')}${request.path}`,
    // Nothing is unpacked here, so that no answer can be a bomb.
    headers: { 'user-agent': 'postroad', 'accept-encoding': 'identity', ...request.headers },
    body: new TextEncoder().encode(request.body ?? ''),
  });
}

function judge(ports: PullPorts, client: PullClient, answer: OutboundBytes): Omit<Asked, 'requests'> {
  if (answer.kind === 'failed') return { outcome: outcomeOfFailure(answer.failure) };
  const { status, bytes, contentType, isWhole } = answer;
  const retryAfterMs = readRetryAfter(answer.retryAfter, ports.nowMs());
  const told = outcomeOfStatus(status);
  if (told !== undefined) return { outcome: told, retryAfterMs };
  if (!isWhole) return { outcome: 'answer_too_large' };
  const reading = ports.readPayload(client.connector, bytes, contentType);
  if (reading === undefined)
    throw new Error(`no format ${client.connector} for the answers of its own client`);
  const outcome = outcomeOfReading(status, reading);
  return { outcome, retryAfterMs, page: { payload: bytes, contentType, reading } };
}
