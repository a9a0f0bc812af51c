import { createHash } from 'node:crypto';
import { newId, type Work, type World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused, type ShipmentId } from '../kernel/index.ts';
import { findProof, insertProof, type Proof } from './door-store.ts';
import { imageTypeOf } from './image.policy.ts';
import type { DeliveryPorts } from './ports.ts';

/** Where the photos of a world lie in the blob store. */
export const proofFolder = (world: Pick<World, 'name'>): string => `proofs/${world.name}`;

/** Before the transaction: looks at the bytes, seals and stores them. Leaves at worst a blob that nobody names. */
export async function preparePhoto(
  world: World,
  organisationId: OrganisationId,
  contentType: string,
  bytes: Uint8Array,
  ports: DeliveryPorts,
): Promise<Outcome<Proof>> {
  const found = imageTypeOf(bytes);
  if (found === undefined || found !== contentType)
    return refused('proof_not_an_image', found === undefined ? '' : `The bytes are ${found}.`);
  const id = newId('prf');
  const sealed = await world.command({ organisationId }, async (work) =>
    accepted(await ports.vault.sealBlob(work, { organisationId, name: id, bytes })),
  );
  if (!sealed.ok) return sealed;
  const blobKey = `${proofFolder(world)}/${id}`;
  await ports.blobs.put(blobKey, sealed.value);
  const sha256 = createHash('sha256').update(bytes).digest();
  return accepted({
    id,
    organisationId,
    kind: 'photo',
    contentType: found,
    sizeBytes: bytes.length,
    sha256,
    blobKey,
    sealed: undefined,
    deliveryId: undefined,
    shipmentId: undefined,
    byCaller: '',
  });
}

/** Whose a proof is until it proves something: a person's over all log-ins, or a key's. */
export function makerOf(caller: Pick<Principal, 'id' | 'personId'>): string {
  return caller.personId ?? caller.id;
}

export async function recordPhoto(
  work: Work,
  caller: Principal,
  prepared: Proof,
  shipmentId?: ShipmentId,
): Promise<Proof> {
  const proof = { ...prepared, shipmentId, byCaller: makerOf(caller) };
  await insertProof(work.db, proof, work.now);
  return proof;
}

/** The bytes of a proof in clear text, for those who have a part in the delivery. */
export async function openProof(
  world: World,
  owner: string,
  proofId: string,
  ports: DeliveryPorts,
): Promise<Outcome<{ proof: Proof; bytes: Uint8Array }>> {
  const organisationId = owner as OrganisationId;
  return world.read({ organisationId }, async (db) => {
    const proof = await findProof(db, proofId);
    if (proof === undefined) return refused('not_found', '');
    const sealed =
      proof.sealed ?? (proof.blobKey === undefined ? undefined : await ports.blobs.get(proof.blobKey));
    if (sealed === undefined) return refused('not_found', '');
    const bytes = await ports.vault.openBlob(db, { organisationId, name: proof.id, sealed });
    return accepted({ proof, bytes: proof.kind === 'signature' ? drawn(bytes) : bytes });
  });
}

/** The path was checked when it came in: it holds commands and numbers only. */
function drawn(path: Uint8Array): Uint8Array {
  const d = new TextDecoder().decode(path);
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 400"><path fill="none" stroke="#000" stroke-width="4" d="${d}"/></svg>\n`,
  );
}
