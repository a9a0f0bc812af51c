import { createHash } from 'node:crypto';
import type { BlobStore } from '../../platform/blobs/index.ts';
import { newId, type World } from '../../platform/world/index.ts';
import { imageTypeOf } from '../deliveries/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import type { BlockIndex } from './block-index.ts';
import { findDocument, type PointDocument } from './document-store.ts';

export type PointPorts = {
  readonly vault: Vault;
  readonly blobs: BlobStore;
  readonly blocks: BlockIndex;
};

export const DOCUMENT_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;
/** Our default: a scanned contract of a dozen pages. */
export const DOCUMENT_LIMIT_BYTES = 5 * 1024 * 1024;
const MIN_BYTES = 64;

/** Where the papers of a world lie in the blob store. */
export const documentFolder = (world: Pick<World, 'name'>): string => `point-documents/${world.name}`;

/** What the bytes really are; undefined for anything but a photo or a whole PDF. Nothing is opened. */
export function documentTypeOf(bytes: Uint8Array): (typeof DOCUMENT_TYPES)[number] | undefined {
  const text = (from: number, to?: number) => new TextDecoder('latin1').decode(bytes.subarray(from, to));
  const isPdf =
    bytes.length >= MIN_BYTES && text(0, 5) === '%PDF-' && text(bytes.length - 1_024).includes('%%EOF');
  return isPdf ? 'application/pdf' : imageTypeOf(bytes);
}

/** Before the transaction: looks at the bytes, seals and stores them. Leaves at worst a blob that nobody names. */
export async function prepareDocument(
  world: World,
  owner: string,
  contentType: string,
  bytes: Uint8Array,
  ports: PointPorts,
): Promise<Outcome<Pick<PointDocument, 'id' | 'contentType' | 'sizeBytes' | 'sha256' | 'blobKey'>>> {
  const found = documentTypeOf(bytes);
  if (found === undefined || found !== contentType)
    return refused('point_document_unreadable', found === undefined ? '' : `The bytes are ${found}.`);
  const organisationId = owner as OrganisationId;
  const id = newId('pdc');
  const sealed = await world.command({ organisationId }, async (work) =>
    accepted(await ports.vault.sealBlob(work, { organisationId, name: id, bytes })),
  );
  if (!sealed.ok) return sealed;
  const blobKey = `${documentFolder(world)}/${id}`;
  await ports.blobs.put(blobKey, sealed.value);
  const sha256 = createHash('sha256').update(bytes).digest();
  return accepted({ id, contentType: found, sizeBytes: bytes.length, sha256, blobKey });
}

/** A paper in clear text. */
export async function openDocument(
  world: World,
  owner: string,
  key: { readonly pointId: string; readonly documentId: string },
  ports: PointPorts,
): Promise<Outcome<{ readonly document: PointDocument; readonly bytes: Uint8Array }>> {
  const organisationId = owner as OrganisationId;
  return world.read({ organisationId }, async (db) => {
    const document = await findDocument(db, owner, key);
    const sealed = document === undefined ? undefined : await ports.blobs.get(document.blobKey);
    if (document === undefined || sealed === undefined) return refused('not_found', '');
    const bytes = await ports.vault.openBlob(db, { organisationId, name: document.id, sealed });
    return accepted({ document, bytes });
  });
}
