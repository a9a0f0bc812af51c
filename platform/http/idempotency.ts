import { createHash } from 'node:crypto';
import { accepted, type Instant, type Outcome, refused } from '../../network/kernel/index.ts';
import { type Queryable, sql } from '../db/index.ts';
import type { Reply } from './route.ts';

export type IdempotencyClaim = {
  readonly organisationId: string;
  readonly callerId: string;
  readonly key: string;
  readonly operation: string;
  readonly digest: Uint8Array;
};

/** Header of an answer that was kept from an earlier, equal request. */
export const REPLAYED = 'idempotency-replayed';

const KEY = /^[\x21-\x7e]{1,255}$/;

export function isIdempotencyKey(text: string): boolean {
  return KEY.test(text);
}

export function requestDigest(operation: string, path: string, body: Uint8Array): Uint8Array {
  return createHash('sha256').update(operation).update('\0').update(path).update('\0').update(body).digest();
}

/**
 * First thing in the transaction of the effect. Answers the stored reply of an earlier equal request, or undefined
 * when this one is the first; refuses when the key was used for another request, or its first use is under way. The
 * lock lasts until the end of the transaction, whose last statement stores the reply.
 */
export async function claimIdempotency(
  db: Queryable,
  claim: IdempotencyClaim,
): Promise<
  Outcome<Reply | undefined, 'idempotency_in_flight' | 'idempotency_key_reused' | 'idempotency_secret_shown'>
> {
  const lock = createHash('sha256')
    .update(`${claim.organisationId}\0${claim.callerId}\0${claim.key}`)
    .digest()
    .readBigInt64BE();
  const { free, ...stored } = await db.row<StoredRow & { free: boolean }>(sql`
    select pg_try_advisory_xact_lock(${lock.toString()}::bigint) as free, i.request_digest = ${claim.digest} as same,
      i.status, i.headers, i.content_type, i.body
    from (select) one left join platform.idempotency i on i.organisation_id = ${claim.organisationId}
      and i.caller_id = ${claim.callerId} and i.key = ${claim.key}`);
  if (!free) return refused('idempotency_in_flight', '');
  return stored.same === null ? accepted(undefined) : storedReply(stored);
}

type StoredRow = {
  /** Null when nothing is stored. */
  same: boolean | null;
  status: number | null;
  headers: Record<string, string> | null;
  content_type: string | null;
  body: Uint8Array | null;
};

/**
 * The stored reply of an earlier equal request; undefined when the key is new. Refuses when the key was used for
 * another request.
 */
export async function findStoredReply(
  db: Queryable,
  claim: IdempotencyClaim,
): Promise<Outcome<Reply, 'idempotency_key_reused' | 'idempotency_secret_shown'> | undefined> {
  const known = await db.maybeRow<StoredRow>(sql`
    select request_digest = ${claim.digest} as same, status, headers, content_type, body from platform.idempotency
    where organisation_id = ${claim.organisationId} and caller_id = ${claim.callerId} and key = ${claim.key}`);
  return known === undefined ? undefined : storedReply(known);
}

function storedReply(
  known: StoredRow,
): Outcome<Reply, 'idempotency_key_reused' | 'idempotency_secret_shown'> {
  if (known.same !== true) return refused('idempotency_key_reused', '');
  if (known.status === null) throw new Error('an idempotency key was committed without its reply');
  if (known.content_type === SECRET_REPLY.contentType) return refused('idempotency_secret_shown', '');
  return accepted({
    kind: 'bytes',
    status: known.status,
    contentType: known.content_type ?? '',
    bytes: known.body ?? new Uint8Array(),
    headers: { ...known.headers, [REPLAYED]: 'true' },
  });
}

/** Stored in the place of an answer that held a secret: it is shown once and lies nowhere in clear text. */
export const SECRET_REPLY = {
  status: 409,
  headers: {},
  contentType: 'secret',
  body: new Uint8Array(),
} as const;

/**
 * Last thing in the same transaction: the answer as it will be sent. The commit fails (isIdempotencyRace) when another
 * request with the key committed between the snapshot of the claim and its lock: nothing is kept, and the next try
 * finds its reply.
 */
export function storeIdempotentReply(
  db: Queryable,
  claim: IdempotencyClaim,
  reply: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly contentType: string;
    readonly body: Uint8Array;
  },
  now: Instant,
): void {
  db.later(sql`
    insert into platform.idempotency (organisation_id, caller_id, key, operation, request_digest, created_at, status,
      headers, content_type, body)
    values (${claim.organisationId}, ${claim.callerId}, ${claim.key}, ${claim.operation}, ${claim.digest}, ${now},
      ${reply.status}, ${reply.headers}, ${reply.contentType}, ${reply.body})`);
}

/** A commit failed because the key was used by two requests at once. */
export function isIdempotencyRace(error: unknown): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === 'idempotency_pkey';
}

/** Keys are kept at least 24 hours (RFC draft idempotency-key-header; our promise in docs/api.md). */
export async function purgeIdempotency(db: Queryable, before: Instant): Promise<number> {
  return db.run(sql`delete from platform.idempotency where created_at < ${before}`);
}
