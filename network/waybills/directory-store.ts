import { createHash } from 'node:crypto';
import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, WaybillId } from '../kernel/index.ts';

/** What a number was on during [validFrom, validTo). */
export type DirectoryEntry = {
  readonly carrierCode: string;
  readonly number: string;
  readonly epoch: number;
  readonly organisationId: OrganisationId;
  readonly waybillId: WaybillId;
  readonly parcelRef: string | undefined;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
};

/** Buckets of the parcel group: enough for a hundred machines with several shards each; our default. */
export const NUMBER_BUCKETS = 1024;

/** The bucket of the parcel group that a number's directory entries live in; the same for all carriers and epochs. */
export function numberBucket(number: string): number {
  return createHash('sha256').update(number).digest().readUInt16BE() % NUMBER_BUCKETS;
}

/** The epoch of a number's first life. */
export const FIRST_EPOCH = 1;

/** Enters numbers in their first life, which end nothing. Throws when one is there: it was given twice. */
export async function enterFirstNumbers(
  db: Queryable,
  entries: readonly Omit<DirectoryEntry, 'validTo'>[],
): Promise<void> {
  const rows = entries.map((entry) => ({
    bucket: numberBucket(entry.number),
    carrier_code: entry.carrierCode,
    number: entry.number,
    epoch: FIRST_EPOCH,
    organisation_id: entry.organisationId,
    waybill_id: entry.waybillId,
    parcel_ref: entry.parcelRef,
    valid_from: entry.validFrom,
  }));
  await db.run(sql`
    insert into waybills.directory_entry (bucket, carrier_code, number, epoch, organisation_id, waybill_id, parcel_ref, valid_from)
    select bucket, carrier_code, number, epoch, organisation_id, waybill_id, parcel_ref, valid_from
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(bucket smallint, carrier_code text, number text,
      epoch integer, organisation_id text, waybill_id text, parcel_ref text, valid_from timestamptz)`);
}

/** Enters a number and ends what it was on before. Throws when the same epoch is there: the number was given twice. */
export async function enterNumber(
  db: Queryable,
  entry: Omit<DirectoryEntry, 'validTo'> & { readonly validTo?: Instant | undefined },
): Promise<void> {
  const bucket = numberBucket(entry.number);
  await db.run(sql`
    update waybills.directory_entry set valid_to = ${entry.validFrom}
    where bucket = ${bucket} and carrier_code = ${entry.carrierCode} and number = ${entry.number}
      and epoch < ${entry.epoch} and valid_to is null`);
  await db.run(sql`
    insert into waybills.directory_entry (bucket, carrier_code, number, epoch, organisation_id, waybill_id, parcel_ref, valid_from)
    values (${bucket}, ${entry.carrierCode}, ${entry.number}, ${entry.epoch}, ${entry.organisationId}, ${entry.waybillId},
      ${entry.parcelRef}, ${entry.validFrom})`);
}

export async function endNumber(
  db: Queryable,
  entry: Pick<DirectoryEntry, 'carrierCode' | 'number' | 'epoch'>,
  at: Instant,
): Promise<void> {
  await db.run(sql`
    update waybills.directory_entry set valid_to = greatest(valid_from, ${at}::timestamptz)
    where bucket = ${numberBucket(entry.number)} and carrier_code = ${entry.carrierCode} and number = ${entry.number}
      and epoch = ${entry.epoch} and valid_to is null`);
}

/**
 * Everything that a number was on, newest first: several carriers may share it, and each recycles its own. With `at`
 * only what it was on at that instant.
 */
export async function findByNumber(db: Queryable, number: string, at?: Instant): Promise<DirectoryEntry[]> {
  const rows = await db.rows<{
    carrier_code: string;
    number: string;
    epoch: number;
    organisation_id: OrganisationId;
    waybill_id: WaybillId;
    parcel_ref: string | null;
    valid_from: Instant;
    valid_to: Instant | null;
  }>(sql`
    select carrier_code, number, epoch, organisation_id, waybill_id, parcel_ref, valid_from, valid_to
    from waybills.directory_entry where bucket = ${numberBucket(number)} and number = ${number}
      and (${at ?? null}::timestamptz is null or (valid_from <= ${at ?? null} and (valid_to is null or ${at ?? null} < valid_to)))
    order by valid_from desc, carrier_code`);
  return rows.map((row) => ({
    carrierCode: row.carrier_code,
    number: row.number,
    epoch: row.epoch,
    organisationId: row.organisation_id,
    waybillId: row.waybill_id,
    parcelRef: row.parcel_ref ?? undefined,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
  }));
}
