import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reference } from './model.ts';

export type CodState = 'collected' | 'remitted' | 'reconciled';

/** Cash of one parcel, in the book of its collector. Amounts in minor units of `currency`. */
export type CodCollection = {
  readonly id: Id<'cod'>;
  readonly collectorId: OrganisationId;
  readonly reference: Reference;
  readonly merchantId: OrganisationId;
  readonly clearsWith: OrganisationId;
  readonly currency: Currency;
  readonly dueMinor: number;
  readonly collectedMinor: number;
  readonly remittedMinor: number;
  readonly feeMinor: number;
  readonly feeTaxMinor: number;
  readonly remittanceReference: string | undefined;
  readonly state: CodState;
  readonly version: number;
};

type CodRow = {
  organisation_id: OrganisationId;
  collection_id: Id<'cod'>;
  reference_kind: string;
  reference_id: string;
  merchant_id: OrganisationId;
  clears_with: OrganisationId;
  currency: Currency;
  due_minor: number;
  collected_minor: number;
  remitted_minor: number;
  fee_minor: number;
  fee_tax_minor: number;
  remittance_reference: string | null;
  state: CodState;
  version: number;
};

const COLUMNS = sql`organisation_id, collection_id, reference_kind, reference_id, merchant_id, clears_with, currency, due_minor,
  collected_minor, remitted_minor, fee_minor, fee_tax_minor, remittance_reference, state, version`;

function collectionOf(row: CodRow): CodCollection {
  return {
    id: row.collection_id,
    collectorId: row.organisation_id,
    reference: { kind: row.reference_kind, id: row.reference_id },
    merchantId: row.merchant_id,
    clearsWith: row.clears_with,
    currency: row.currency,
    dueMinor: row.due_minor,
    collectedMinor: row.collected_minor,
    remittedMinor: row.remitted_minor,
    feeMinor: row.fee_minor,
    feeTaxMinor: row.fee_tax_minor,
    remittanceReference: row.remittance_reference ?? undefined,
    state: row.state,
    version: row.version,
  };
}

/** False when it was recorded before. */
export async function insertCollection(
  db: Queryable,
  collection: CodCollection,
  now: Instant,
): Promise<boolean> {
  const count = await db.run(sql`
    insert into ledger.cod_collection (organisation_id, collection_id, reference_kind, reference_id, merchant_id, clears_with, currency,
      due_minor, collected_minor, fee_minor, fee_tax_minor, state, collected_at)
    values (${collection.collectorId}, ${collection.id}, ${collection.reference.kind}, ${collection.reference.id}, ${collection.merchantId},
      ${collection.clearsWith}, ${collection.currency}, ${collection.dueMinor}, ${collection.collectedMinor}, ${collection.feeMinor},
      ${collection.feeTaxMinor}, 'collected', ${now})
    on conflict (organisation_id, collection_id) do nothing`);
  return count === 1;
}

/** Collections by id, locked in id order. */
export async function lockCollections(
  db: Queryable,
  collectorId: string,
  ids: readonly string[],
): Promise<CodCollection[]> {
  const rows = await db.rows<CodRow>(sql`
    select ${COLUMNS} from ledger.cod_collection where organisation_id = ${collectorId} and collection_id = any(${ids})
    order by collection_id for update`);
  return rows.map(collectionOf);
}

/** Open collections of a collector in a currency, locked, in the order of their ids. */
export async function lockOpenCollections(
  db: Queryable,
  of: {
    readonly collectorId: string;
    readonly currency: string;
    readonly after?: string | undefined;
  },
  limit: number,
): Promise<CodCollection[]> {
  const rows = await db.rows<CodRow>(sql`
    select ${COLUMNS} from ledger.cod_collection
    where organisation_id = ${of.collectorId} and currency = ${of.currency} and state <> 'reconciled'
      and collection_id > coalesce(${of.after}::text, '')
    order by collection_id limit ${limit} for update`);
  return rows.map(collectionOf);
}

export async function saveCollections(
  db: Queryable,
  collections: readonly CodCollection[],
  now: Instant,
): Promise<void> {
  const rows = collections.map((collection) => ({
    organisation_id: collection.collectorId,
    collection_id: collection.id,
    remitted_minor: collection.remittedMinor,
    remittance_reference: collection.remittanceReference ?? null,
    state: collection.state,
  }));
  await db.run(sql`
    update ledger.cod_collection c set remitted_minor = s.remitted_minor, remittance_reference = s.remittance_reference, state = s.state,
      version = c.version + 1,
      remitted_at = case when s.state = 'remitted' then coalesce(c.remitted_at, ${now}) else c.remitted_at end,
      reconciled_at = case when s.state = 'reconciled' then coalesce(c.reconciled_at, ${now}) else c.reconciled_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(organisation_id text, collection_id text, remitted_minor bigint,
      remittance_reference text, state text)
    where c.organisation_id = s.organisation_id and c.collection_id = s.collection_id`);
}
