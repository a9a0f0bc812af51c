import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, PointId } from '../kernel/index.ts';

export type PointDocumentId = Id<'pdc'>;
/** A paper that a network handed in for an outlet, such as a licence. */
export type PointDocument = {
  readonly id: PointDocumentId;
  readonly organisationId: OrganisationId;
  readonly pointId: PointId;
  readonly kind: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
  readonly blobKey: string;
  readonly byCaller: string;
  readonly recordedAt: Instant;
};

type Row = {
  document_id: PointDocumentId;
  organisation_id: OrganisationId;
  point_id: PointId;
  kind: string;
  content_type: string;
  size_bytes: number;
  sha256: Uint8Array;
  blob_key: string;
  by_caller: string;
  recorded_at: Instant;
};
const DOCUMENT = sql`select document_id, organisation_id, point_id, kind, content_type, size_bytes, sha256, blob_key, by_caller,
  recorded_at from points.document`;

function documentOf(row: Row): PointDocument {
  return {
    id: row.document_id,
    organisationId: row.organisation_id,
    pointId: row.point_id,
    kind: row.kind,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    blobKey: row.blob_key,
    byCaller: row.by_caller,
    recordedAt: row.recorded_at,
  };
}

export async function insertDocument(db: Queryable, document: PointDocument): Promise<void> {
  await db.run(sql`
    insert into points.document (organisation_id, document_id, point_id, kind, content_type, size_bytes, sha256, blob_key,
      by_caller, recorded_at)
    values (${document.organisationId}, ${document.id}, ${document.pointId}, ${document.kind}, ${document.contentType},
      ${document.sizeBytes}, ${document.sha256}, ${document.blobKey}, ${document.byCaller}, ${document.recordedAt})`);
}

/** Oldest first. */
export async function listDocuments(
  db: Queryable,
  organisationId: string,
  pointId: string,
): Promise<PointDocument[]> {
  const rows = await db.rows<Row>(sql`
    ${DOCUMENT} where organisation_id = ${organisationId} and point_id = ${pointId} order by document_id`);
  return rows.map(documentOf);
}

export async function findDocument(
  db: Queryable,
  organisationId: string,
  key: { readonly pointId: string; readonly documentId: string },
): Promise<PointDocument | undefined> {
  const row = await db.maybeRow<Row>(sql`
    ${DOCUMENT} where organisation_id = ${organisationId} and point_id = ${key.pointId} and document_id = ${key.documentId}`);
  return row === undefined ? undefined : documentOf(row);
}

/** Which of some blobs a paper names, in the network's scope. The last part of a key is the paper's id. */
export async function listNamedDocumentBlobs(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = keys.map((key) => key.slice(key.lastIndexOf('/') + 1));
  const rows = await db.rows<{ blob_key: string }>(sql`
    select blob_key from points.document where document_id = any(${ids}) and blob_key = any(${keys})`);
  return new Set(rows.map((row) => row.blob_key));
}
