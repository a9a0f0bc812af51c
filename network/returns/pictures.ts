import type { Work } from '../../platform/world/index.ts';
import { imageTypeOf } from '../deliveries/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import type { ReturnErrorCode } from './errors.ts';
import type { By } from './handle.ts';
import type { ReturnPictureId } from './model.ts';
import { countPictures, insertPicture, type Picture } from './picture-store.ts';

const MAX_PICTURES = 20;

/** Keeps a picture for the returns of an order, sealed in the merchant's data key. What it really is decides, not its name. */
export async function keepPicture(
  work: Work,
  vault: Vault,
  about: { readonly organisationId: OrganisationId; readonly orderId: string },
  by: By,
  bytes: Uint8Array,
): Promise<Outcome<Picture, ReturnErrorCode>> {
  const { organisationId, orderId } = about;
  const contentType = imageTypeOf(bytes);
  if (contentType === undefined) return refused('return_picture_unreadable', '');
  if ((await countPictures(work.db, organisationId, orderId)) >= MAX_PICTURES)
    return refused('return_picture_limit', '');
  const id: ReturnPictureId = work.newId('rpi');
  const sealedBytes = await vault.sealBlob(work, { organisationId, name: id, bytes });
  const picture: Picture = {
    ...{ id, organisationId, orderId, contentType, sizeBytes: bytes.length },
    ...{ party: by.party, storedAt: work.now },
  };
  await insertPicture(work.db, { ...picture, sealedBytes, byCaller: by.callerId });
  return accepted(picture);
}
