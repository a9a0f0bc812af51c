import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reporter } from '../tracking/index.ts';
import type { SealedFields } from './secrets.ts';

export type PayloadId = Id<'cpl'>;
export const PAYLOAD_WAYS = ['pull', 'push', 'sent'] as const;
export type PayloadWay = (typeof PAYLOAD_WAYS)[number];

export type CarrierPayload = {
  readonly id: PayloadId;
  readonly organisationId: OrganisationId;
  readonly format: string;
  readonly sha256: string;
  readonly way: PayloadWay;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly reporter: Reporter;
  readonly state: 'read' | 'unreadable';
  readonly fault: string | undefined;
  readonly receivedAt: Instant;
  readonly lastReceivedAt: Instant;
  readonly times: number;
};

type PayloadRow = {
  payload_id: PayloadId;
  organisation_id: OrganisationId;
  format: string;
  sha256: string;
  way: PayloadWay;
  content_type: string;
  size_bytes: number;
  reporter: Reporter;
  state: 'read' | 'unreadable';
  fault: string | null;
  received_at: Instant;
  last_received_at: Instant;
  times: number;
};

const COLUMNS = sql`p.payload_id, p.organisation_id, p.format, p.sha256, p.way, p.content_type, p.size_bytes, p.reporter,
  p.state, p.fault, p.received_at, p.last_received_at, p.times`;

function payloadOf(row: PayloadRow): CarrierPayload {
  return {
    id: row.payload_id,
    organisationId: row.organisation_id,
    format: row.format,
    sha256: row.sha256,
    way: row.way,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    reporter: row.reporter,
    state: row.state,
    fault: row.fault ?? undefined,
    receivedAt: row.received_at,
    lastReceivedAt: row.last_received_at,
    times: row.times,
  };
}

/** The same bytes came before: counts them. Undefined when they are new. */
export async function touchPayload(
  db: Queryable,
  organisationId: string,
  format: string,
  sha256: string,
  now: Instant,
): Promise<PayloadId | undefined> {
  const row = await db.maybeRow<{ payload_id: PayloadId }>(sql`
    update polling.payload set times = times + 1, last_received_at = ${now}
    where organisation_id = ${organisationId} and format = ${format} and sha256 = ${sha256} returning payload_id`);
  return row?.payload_id;
}

export type NewPayload = Omit<CarrierPayload, 'lastReceivedAt' | 'times'> & { readonly sealed: SealedFields };

/** Of payloads that cannot be read an organisation keeps at most `unreadable`: noise fills no disk. */
export async function insertPayload(
  db: Queryable,
  one: NewPayload,
  maxUnreadable: number,
): Promise<PayloadId | undefined> {
  const row = await db.maybeRow<{ payload_id: PayloadId }>(sql`
    insert into polling.payload (organisation_id, payload_id, format, sha256, way, content_type, size_bytes, sealed,
      wrapped_key, reporter, state, fault, received_at, last_received_at)
    select ${one.organisationId}, ${one.id}, ${one.format}, ${one.sha256}, ${one.way}, ${one.contentType}, ${one.sizeBytes}::integer,
      ${one.sealed.sealed}::bytea, ${one.sealed.wrappedKey}::bytea, ${JSON.stringify(one.reporter)}::jsonb, ${one.state}, ${one.fault},
      ${one.receivedAt}::timestamptz, ${one.receivedAt}::timestamptz
    where ${one.state === 'read'} or (select count(*) from polling.payload
      where organisation_id = ${one.organisationId} and state = 'unreadable') < ${maxUnreadable}
    on conflict (organisation_id, format, sha256) do update
      set times = polling.payload.times + 1, last_received_at = excluded.last_received_at
    returning payload_id`);
  return row?.payload_id;
}

export type ScanPointer = { readonly scanId: string; readonly pointer: string };

/** The payload that told a scan first stays its payload. */
export async function insertPointers(
  db: Queryable,
  organisationId: string,
  payloadId: string,
  pointers: readonly ScanPointer[],
): Promise<void> {
  if (pointers.length === 0) return;
  const rows = pointers.map(({ scanId, pointer }) => ({ scan_id: scanId, pointer }));
  await db.run(sql`
    insert into polling.scan_payload (organisation_id, scan_id, payload_id, pointer)
    select ${organisationId}, r.scan_id, ${payloadId}, r.pointer
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(scan_id text, pointer text)
    on conflict (organisation_id, scan_id) do nothing`);
}

export type SealedPayload = { readonly payload: CarrierPayload; readonly sealed: SealedFields };
type SealedRow = PayloadRow & { sealed: Uint8Array; wrapped_key: Uint8Array };
const sealedOf = (row: SealedRow): SealedPayload => ({
  payload: payloadOf(row),
  sealed: { sealed: row.sealed, wrappedKey: row.wrapped_key },
});

export async function findPayload(db: Queryable, id: string): Promise<SealedPayload | undefined> {
  const row = await db.maybeRow<SealedRow>(
    sql`select ${COLUMNS}, p.sealed, p.wrapped_key from polling.payload p where p.payload_id = ${id}`,
  );
  return row === undefined ? undefined : sealedOf(row);
}

/** The payload of a scan, of one organisation or of whoever brought it first. */
export async function findScanPayload(
  db: Queryable,
  scanId: string,
  organisationId: string | undefined,
): Promise<(SealedPayload & { readonly pointer: string }) | undefined> {
  const row = await db.maybeRow<SealedRow & { pointer: string }>(sql`
    select ${COLUMNS}, p.sealed, p.wrapped_key, s.pointer from polling.scan_payload s
    join polling.payload p using (organisation_id, payload_id)
    where s.scan_id = ${scanId} and (${organisationId ?? null}::text is null or s.organisation_id = ${organisationId ?? null})
    order by p.received_at limit 1`);
  return row === undefined ? undefined : { ...sealedOf(row), pointer: row.pointer };
}

/** The newest first. */
export async function listPayloads(
  db: Queryable,
  organisationId: string | undefined,
  state: 'read' | 'unreadable' | undefined,
  before: string,
  limit: number,
): Promise<CarrierPayload[]> {
  const rows = await db.rows<PayloadRow>(sql`
    select ${COLUMNS} from polling.payload p
    where (${organisationId ?? null}::text is null or p.organisation_id = ${organisationId ?? null})
      and (${state ?? null}::text is null or p.state = ${state ?? null})
      and (${before} = '' or p.payload_id < ${before})
    order by p.payload_id desc limit ${limit}`);
  return rows.map(payloadOf);
}

/** It was read after all. */
export async function markRead(db: Queryable, one: CarrierPayload): Promise<void> {
  await db.run(sql`
    update polling.payload set state = 'read', fault = null
    where organisation_id = ${one.organisationId} and payload_id = ${one.id}`);
}

export async function purgePayloads(db: Queryable, before: Instant, limit: number): Promise<number> {
  return db.run(sql`
    delete from polling.payload where (organisation_id, payload_id) in (
      select organisation_id, payload_id from polling.payload where last_received_at < ${before} limit ${limit})`);
}
