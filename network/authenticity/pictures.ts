import type { Work } from '../../platform/world/index.ts';
import { imageTypeOf } from '../deliveries/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import type { AuthenticityErrorCode } from './model.ts';
import { countPictures, insertPicture, type Picture, type PictureId } from './picture-store.ts';
import type { CaseRef } from './store.ts';

const MAX_PICTURES = 10;

/** Keeps a picture of a merchant for his proof, sealed in his data key. What it really is decides, not its name. */
export async function keepPicture(
  work: Work,
  vault: Vault,
  one: CaseRef,
  given: { readonly bytes: Uint8Array; readonly byCaller: string },
): Promise<Outcome<Omit<Picture, 'sealedBytes'>, AuthenticityErrorCode>> {
  const contentType = imageTypeOf(given.bytes);
  if (contentType === undefined) return refused('picture_unreadable', '');
  if ((await countPictures(work.db, one)) >= MAX_PICTURES) return refused('proof_limit_reached', '');
  const id: PictureId = work.newId('vpi');
  const { organisationId } = one;
  const sealedBytes = await vault.sealBlob(work, { organisationId, name: id, bytes: given.bytes });
  const picture = { id, contentType, sizeBytes: given.bytes.length, storedAt: work.now };
  await insertPicture(work.db, one, { ...picture, sealedBytes }, given.byCaller);
  return accepted(picture);
}
