import { createHash } from 'node:crypto';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { imageTypeOf } from '../deliveries/index.ts';
import {
  accepted,
  type Instant,
  type OrganisationId,
  type Outcome,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import { countedTime } from '../shelves/index.ts';
import { returnDesk } from './counter.ts';
import type { ReturnErrorCode } from './errors.ts';
import type { By } from './handle.ts';
import type { ReturnCase, ReturnPictureId } from './model.ts';
import { keepPicture } from './pictures.ts';
import type { ReturnPorts } from './ports.ts';
import type { UnreadInput } from './unread-contract.ts';
import {
  endUnread,
  findUnread,
  findUnreadOf,
  insertUnread,
  insertUnreadPicture,
  listUnreadPictures,
  type UnreadPicture,
  type UnreadReturn,
} from './unread-store.ts';

/** As many as one parcel needs, and a few more. Our default. */
const MAX_PICTURES = 8;

type Words = { readonly code: string; readonly note?: string | undefined };
const nameOf = (id: string) => `unread return ${id}`;

/**
 * Goods were taken without a network and their code could not be read: that happened, and is recorded whatever the code
 * turns out to be. One that opens a return opens it for this clerk, who finishes the intake; a wrong one counts as his
 * try. The same told again is answered as it stands. In the scope of the point's network, to which it comes back.
 */
export async function recordUnread(
  work: Work,
  ports: ReturnPorts,
  caller: Principal,
  at: { readonly organisationId: OrganisationId; readonly pointId: PointId },
  input: UnreadInput,
): Promise<Outcome<UnreadReturn, ReturnErrorCode | 'idempotency_in_flight'>> {
  const { deviceTime: _sending, ...said } = input;
  const digest = createHash('sha256').update(canonicalJson(said)).digest();
  const known = await findUnreadOf(work.db, at.organisationId, input);
  if (known !== undefined)
    return Buffer.compare(known.digest, digest) === 0
      ? accepted(known)
      : refused('return_unread_misnamed', '');
  const read = await returnDesk(ports).readCode(work, ports, caller, {
    pointId: at.pointId,
    code: input.code,
  });
  await work.actFor({ organisationId: at.organisationId });
  const found = read.ok && 'subjectId' in read.value ? read.value.subjectId : undefined;
  const { occurredAt: saidAt, weightGrams, documentKind, deviceId, clientId } = input;
  const { at: occurredAt } = countedTime(saidAt, { now: work.now, deviceNow: input.deviceTime });
  const id = work.newId('unr');
  const words: Words = { code: input.code, note: input.note };
  const bytes = new TextEncoder().encode(JSON.stringify(words));
  const sealedWords = await ports.vault.sealBlob(work, {
    ...{ organisationId: at.organisationId, name: nameOf(id), bytes },
  });
  const one: UnreadReturn = {
    ...{ ...at, id, deviceId, clientId, digest, sealedWords, weightGrams, occurredAt },
    ...{ state: found === undefined ? 'open' : 'matched', returnId: found ?? null },
    ...{ documentKind: documentKind ?? null, deviceTime: occurredAt === saidAt ? null : saidAt },
    ...{ byCaller: caller.personId ?? caller.id, receivedAt: work.now },
    ...{ endedAt: null, endedBy: null, resolution: null, pictureIds: [] },
  };
  // The device told it twice at once: the other one counts, and its wrong code once.
  return (await insertUnread(work.db, one)) ? accepted(one) : refused('idempotency_in_flight', '');
}

/** Keeps a picture of goods that have no owner yet, sealed in the network's data key. */
export async function keepUnreadPicture(
  work: Work,
  ports: Pick<ReturnPorts, 'vault'>,
  one: UnreadReturn,
  bytes: Uint8Array,
): Promise<Outcome<UnreadPicture, ReturnErrorCode>> {
  const contentType = imageTypeOf(bytes);
  if (contentType === undefined) return refused('return_picture_unreadable', '');
  if (one.pictureIds.length >= MAX_PICTURES) return refused('return_picture_limit', '');
  const id: ReturnPictureId = work.newId('rpi');
  const { organisationId } = one;
  const sealedBytes = await ports.vault.sealBlob(work, { organisationId, name: id, bytes });
  const picture = { id, contentType, sizeBytes: bytes.length, sealedBytes, storedAt: work.now };
  await insertUnreadPicture(work.db, one, picture);
  return accepted(picture);
}

/** As the counter sees them, their words opened all at once. In the network's own scope. */
export async function presentUnread(
  db: Queryable,
  ports: Pick<ReturnPorts, 'vault'>,
  organisationId: OrganisationId,
  found: readonly UnreadReturn[],
) {
  const sealed = found.map((one) => ({ name: nameOf(one.id), sealed: one.sealedWords }));
  const opened = await ports.vault.openBlobs(db, organisationId, sealed);
  return found.map((one, at) => {
    const { code, note } = JSON.parse(new TextDecoder().decode(opened[at])) as Words;
    return {
      ...{ id: one.id, pointId: one.pointId, state: one.state, code, note, weightGrams: one.weightGrams },
      ...{ pictureIds: [...one.pictureIds], occurredAt: one.occurredAt, receivedAt: one.receivedAt },
      documentKind: one.documentKind ?? undefined,
      returnId: one.returnId ?? undefined,
      deviceTime: one.deviceTime ?? undefined,
      endedAt: one.endedAt ?? undefined,
      resolution: one.resolution ?? undefined,
    };
  });
}

type Finished = { readonly takenAt: Instant | undefined; readonly pictureIds: readonly ReturnPictureId[] };

/**
 * The intake of a return finishes what was taken without reading its code, if it names that: it ends, and its pictures are
 * the order's. What was matched to another return is refused. Answers their ids there, and when the goods were taken. In
 * the scope of the return's owner, to which it comes back.
 */
export async function finishUnread(
  work: Work,
  ports: Pick<ReturnPorts, 'vault'>,
  by: By,
  counter: { readonly organisationId: OrganisationId; readonly unreadId: string | undefined },
  one: Pick<ReturnCase, 'id' | 'organisationId' | 'orderId'>,
): Promise<Outcome<Finished, ReturnErrorCode>> {
  const { organisationId, unreadId } = counter;
  if (unreadId === undefined) return accepted({ takenAt: undefined, pictureIds: [] });
  await work.actFor({ organisationId });
  const ended = { organisationId, id: unreadId as UnreadReturn['id'] };
  const end = { state: 'taken_in', returnId: one.id, by: by.callerId } as const;
  const takenAt = await endUnread(work.db, ended, end, work.now);
  if (takenAt === undefined) {
    const found = await findUnread(work.db, unreadId);
    return refused(found?.endedAt === null ? 'return_unread_other' : 'return_unread_ended', '');
  }
  const sealed = await listUnreadPictures(work.db, ended);
  const pictures = await ports.vault.openBlobs(
    work.db,
    organisationId,
    sealed.map(({ id: name, sealedBytes }) => ({ name, sealed: sealedBytes })),
  );
  await work.actFor({ organisationId: one.organisationId });
  const ids: ReturnPictureId[] = [];
  for (const bytes of pictures) {
    const kept = await keepPicture(work, ports.vault, one, by, bytes);
    // An order has so many and no more; the others stay where they are.
    if (kept.ok) ids.push(kept.value.id);
  }
  return accepted({ takenAt, pictureIds: ids });
}
