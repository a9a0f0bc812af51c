import { isOneOf, type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, WaybillId } from '../kernel/index.ts';
import type { LabelFormat, LabelSize } from '../labels/index.ts';
import type { LabelId } from './model.ts';

export type LabelRecord = {
  readonly id: LabelId;
  readonly organisationId: string;
  readonly format: LabelFormat;
  readonly size: LabelSize;
  readonly dpi: number;
  readonly blobKey: string;
  readonly wrappedKey: Uint8Array | undefined;
  readonly bytes: number;
  readonly printedAt: Instant;
  readonly printedBy: string;
};

export type LabelItem = { readonly waybillId: WaybillId; readonly printCount: number };

export function insertLabel(db: Queryable, label: LabelRecord, items: readonly LabelItem[]): void {
  db.later(sql`
    with label as (
      insert into waybills.label (organisation_id, label_id, format, size, dpi, blob_key, wrapped_key, bytes, printed_at, printed_by)
      values (${label.organisationId}, ${label.id}, ${label.format}, ${label.size}, ${label.dpi}, ${label.blobKey},
        ${label.wrappedKey}, ${label.bytes}, ${label.printedAt}, ${label.printedBy})
    )
    insert into waybills.label_item (organisation_id, label_id, waybill_id, print_count, printed_at)
    select ${label.organisationId}, ${label.id}, id, count, ${label.printedAt}
    from unnest(${items.map((item) => item.waybillId)}::text[], ${items.map((item) => item.printCount)}::integer[]) as i(id, count)`);
}

/**
 * Writes the print of a waybill that still has a version: counts one more, and `issued` becomes `printed`. False when
 * it has moved on.
 */
export async function countPrint(
  db: Queryable,
  waybill: { readonly organisationId: string; readonly id: string; readonly version: number },
  now: Instant,
): Promise<boolean> {
  const counted = await db.run(sql`
    update waybills.waybill set print_count = print_count + 1, version = version + 1, last_printed_at = ${now},
      updated_at = ${now}, status = case when status = 'issued' then 'printed' else status end
    where organisation_id = ${waybill.organisationId} and waybill_id = ${waybill.id} and version = ${waybill.version}`);
  return counted === 1;
}

/** The same for waybills that are locked and were compared. */
export async function countPrints(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update waybills.waybill set print_count = print_count + 1, version = version + 1, last_printed_at = ${now},
      updated_at = ${now}, status = case when status = 'issued' then 'printed' else status end
    where organisation_id = ${organisationId} and waybill_id = any(${ids})`);
}

/** Prints per waybill since an instant, for the reprint limit. */
export async function countPrintsSince(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
  since: Instant,
): Promise<Map<string, number>> {
  const rows = await db.rows<{ waybill_id: string; count: number }>(sql`
    select waybill_id, count(*) as count from waybills.label_item
    where organisation_id = ${organisationId} and ${isOneOf(sql`waybill_id`, ids)} and printed_at > ${since} group by waybill_id`);
  return new Map(rows.map((row) => [row.waybill_id, row.count]));
}

export async function findLabel(db: Queryable, id: string): Promise<LabelRecord | undefined> {
  const row = await db.maybeRow<{
    organisation_id: string;
    label_id: LabelId;
    format: LabelFormat;
    size: LabelSize;
    dpi: number;
    blob_key: string;
    wrapped_key: Uint8Array | null;
    bytes: number;
    printed_at: Instant;
    printed_by: string;
  }>(sql`
    select organisation_id, label_id, format, size, dpi, blob_key, wrapped_key, bytes, printed_at, printed_by
    from waybills.label where label_id = ${id}`);
  if (row === undefined) return undefined;
  return {
    id: row.label_id,
    organisationId: row.organisation_id,
    format: row.format,
    size: row.size,
    dpi: row.dpi,
    blobKey: row.blob_key,
    wrappedKey: row.wrapped_key ?? undefined,
    bytes: row.bytes,
    printedAt: row.printed_at,
    printedBy: row.printed_by,
  };
}

/** Which of some blobs a label names, in the network's scope. The last part of a key is the label's id, which has an index. */
export async function listNamedLabelBlobs(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = keys.map((key) => key.split('/').at(-1));
  const rows = await db.rows<{ blob_key: string }>(sql`
    select blob_key from waybills.label where label_id = any(${ids}) and blob_key = any(${keys})`);
  return new Set(rows.map((row) => row.blob_key));
}
