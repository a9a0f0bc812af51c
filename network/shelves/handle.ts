import { hashToken, randomBytes } from '../../platform/crypto/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, localDate, type Outcome, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { normalisePhone } from '../places/index.ts';
import { findPoint, type Point } from '../points/index.ts';
import { unannounced } from './announce.ts';
import { normaliseCode, placeText, readCompartment, readPlace } from './code.policy.ts';
import { decide, type ShelfCommand, type ShelfFact } from './decide.ts';
import * as events from './events.ts';
import { findFriend, insertFriend, listFriends, saveFriendState } from './friend-store.ts';
import {
  type CashPaid,
  type Consent,
  type HandOutWay,
  type ShelfErrorCode,
  type ShelfParcel,
  type Size,
  WRONG_TRIES_ALLOWED,
} from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { type Circumstances, ladderOf, rulesFor, type Scene, schemeOf, settle, tell } from './settle.ts';
import { storageFee } from './storage.policy.ts';
import { insertParcel, isDoorTaken, lockByNumber, lockShelfParcel, saveParcel } from './store.ts';
import { knownTry, noteTry } from './tries.ts';

export type Clerk = Pick<Principal, 'id' | 'role' | 'organisationId'>;
type Refusal = ShelfErrorCode | string;

export type StoreInput = {
  readonly number: string;
  readonly carrierCode?: string | undefined;
  readonly place: string;
  readonly size?: Size | undefined;
  /** Of a parcel that nobody announced: who it is for, and that he agreed. */
  readonly recipient?: { readonly name: string; readonly phone?: string | undefined } | undefined;
  readonly consent?: Consent | undefined;
};

/** What came with a command from the counter. */
export type AtCounter = Pick<Circumstances, 'deviceId' | 'clientId' | 'detail'> & {
  /** When it happened; left out: now. */
  readonly occurredAt?: Instant | undefined;
};

/** Takes a parcel in at a point. In the name of the point's network. */
export async function storeParcel(
  work: Work,
  ports: ShelfPorts,
  clerk: Clerk,
  point: Point,
  input: StoreInput,
  at: AtCounter = {},
): Promise<Outcome<ShelfParcel, Refusal>> {
  const occurredAt = at.occurredAt ?? work.now;
  if (occurredAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const number = normaliseNumber(input.number);
  const place = readPlaceOf(point, input.place);
  if (number === undefined || place === undefined)
    return refused('shelf_place_invalid', number === undefined ? input.number : input.place);
  const known = await lockByNumber(work.db, point.organisationId, number);
  if (await isDoorTaken(work.db, point, place)) return refused('shelf_place_taken', place);
  const found = known === undefined ? await admit(work, ports, point, number, input) : accepted(known);
  if (!found.ok) return found;
  const decision = decide(found.value, { kind: 'store', consent: input.consent }, occurredAt);
  if (!decision.ok) return decision;
  // What was announced elsewhere lies here all the same: somebody must look.
  const isMisdelivered = found.value.pointId !== point.id;
  const facts: readonly ShelfFact[] = isMisdelivered
    ? [...decision.value, { kind: 'excepted', exception: 'misdelivered' }]
    : decision.value;
  const parcel = { ...found.value, pointId: point.id, place, size: input.size ?? found.value.size };
  const scene = { work, ports, point, rules: await rulesFor(work, parcel) };
  // Its place may be another one when it is stored again, and each stands on record.
  return settle(
    scene,
    parcel,
    facts,
    circumstances(clerk, { ...at, detail: { ...at.detail, place } }, occurredAt),
  );
}

/** A locker's place is a compartment, every other point's a row of a shelf. */
export function readPlaceOf(point: Pick<Point, 'kind'>, text: string): string | undefined {
  if (point.kind === 'locker') return readCompartment(text);
  const place = readPlace(text);
  return place === undefined ? undefined : placeText(place);
}

async function admit(
  work: Work,
  ports: ShelfPorts,
  point: Point,
  number: string,
  input: StoreInput,
): Promise<Outcome<ShelfParcel, Refusal>> {
  const { consent, recipient } = input;
  if (consent === undefined || recipient === undefined)
    return refused(
      'shelf_consent_missing',
      'Nobody announced this number: record its recipient and consent.',
    );
  if (consent.givenAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  let { phone } = recipient;
  if (phone !== undefined) {
    const read = normalisePhone(phone, point.country);
    if (!read.ok) return refused(read.rejection.code, read.rejection.detail);
    phone = read.value.e164;
  }
  const recipientRef = await ports.vault.storeParty(work, {
    organisationId: point.organisationId,
    party: { name: recipient.name, phone },
  });
  const parcel = unannounced(work, point, {
    number,
    carrierCode: input.carrierCode,
    parcelId: undefined,
    recipientRef,
  });
  if (!(await insertParcel(work.db, parcel))) return refused('shelf_already_announced', number);
  tell({ work, point }, parcel, events.ShelfParcelAnnounced, work.now, {});
  return accepted(parcel);
}

export function circumstances(clerk: Pick<Clerk, 'id'>, at: AtCounter, occurredAt: Instant): Circumstances {
  const { deviceId, clientId, detail } = at;
  return { byCaller: clerk.id, occurredAt, deviceId, clientId, detail };
}

export type HandOutInput = {
  readonly way: HandOutWay;
  readonly code?: string | undefined;
  /** What a friend shows. */
  readonly friendToken?: string | undefined;
  readonly fee?: 'collected' | 'waived' | undefined;
  readonly cash?: CashPaid | undefined;
};
export type HandOutVerdict = {
  readonly parcel: ShelfParcel;
  readonly isDone: boolean;
  readonly triesLeft: number;
};

/** Hands a parcel out, or counts a wrong code: then `isDone` is false and the count is to be kept although it is refused. */
export async function handOut(
  work: Work,
  ports: ShelfPorts,
  clerk: Clerk,
  owner: string,
  id: string,
  input: HandOutInput,
  at: AtCounter = {},
): Promise<Outcome<HandOutVerdict, Refusal>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  const { scene, parcel } = opened.value;
  const occurredAt = at.occurredAt ?? work.now;
  if (occurredAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const tried = await knownTry(work, parcel, at);
  if (tried === 'other') return refused('shelf_try_misnamed', '');
  if (tried === 'counted') return accepted({ ...verdictOn(parcel), isDone: false });
  const friend = input.way === 'friend' ? await validFriend(work, parcel, input.friendToken) : undefined;
  if (friend !== undefined && !friend.ok) return friend;
  const decision = decide(
    parcel,
    {
      kind: 'hand_out',
      way: input.way,
      isCodeRight: await isRightCode(scene, parcel, input.code),
      isSupervisor: isSupervisor(clerk),
      fee: input.fee,
      feeDue: feeOf(scene, parcel, occurredAt),
      cash: input.cash,
      deviceId: at.deviceId,
      isFact: false,
    },
    occurredAt,
  );
  if (!decision.ok) return decision;
  if (friend !== undefined)
    await saveFriendState(work.db, parcel.organisationId, friend.value.id, 'used', work.now);
  const settled = await settle(scene, parcel, decision.value, circumstances(clerk, at, occurredAt));
  if (!settled.ok) return settled;
  const verdict = verdictOn(settled.value);
  if (!verdict.isDone && !(await noteTry(work, settled.value, at))) return refused('shelf_try_misnamed', '');
  return accepted(verdict);
}

function verdictOn(parcel: ShelfParcel): HandOutVerdict {
  const triesLeft = WRONG_TRIES_ALLOWED - parcel.wrongTries;
  return { parcel, isDone: parcel.state === 'handed_out', triesLeft };
}

export async function isRightCode(
  scene: Scene,
  { code }: Pick<ShelfParcel, 'code'>,
  said: string | undefined,
): Promise<boolean | undefined> {
  if (said === undefined || code === undefined) return undefined;
  const scheme = await schemeOf(scene);
  // Codes that were given keep their form though the scheme is another one by now.
  return normaliseCode(scheme, said) === normaliseCode(scheme, code) || said.trim() === code;
}

/** Staff of the network; clerks are bound to their outlets. */
export function isSupervisor({ role }: Pick<Clerk, 'role'>): boolean {
  return role === 'point_staff';
}

export function feeOf(scene: Pick<Scene, 'rules' | 'point'>, parcel: ShelfParcel, at: Instant) {
  return parcel.freeUntil === undefined
    ? undefined
    : storageFee(ladderOf(scene), parcel.freeUntil, at, scene.point.country);
}

async function validFriend(work: Work, parcel: ShelfParcel, token: string | undefined) {
  const friend =
    token === undefined
      ? undefined
      : await findFriend(work.db, parcel.organisationId, parcel.id, hashToken(token.trim()));
  return friend?.state === 'active' ? accepted(friend) : refused('shelf_friend_unknown', '');
}

/** A parcel with all that its rules need, locked. In the name of the point's network. */
export async function open(
  work: Work,
  ports: ShelfPorts,
  owner: string,
  id: string,
): Promise<Outcome<{ readonly scene: Scene; readonly parcel: ShelfParcel }, 'not_found'>> {
  const parcel = await lockShelfParcel(work.db, owner, id);
  const point = parcel === undefined ? undefined : await findPoint(work.db, parcel.pointId);
  if (parcel === undefined || point === undefined) return refused('not_found', '');
  return accepted({ scene: { work, ports, point, rules: await rulesFor(work, parcel) }, parcel });
}

/** Every command that changes nothing but by its facts. In the name of the point's network. */
export async function act(
  work: Work,
  ports: ShelfPorts,
  clerk: Pick<Clerk, 'id'>,
  owner: string,
  id: string,
  command: Exclude<ShelfCommand, { kind: 'hand_out' | 'store' | 'undo' | 'move' }>,
  at: AtCounter = {},
): Promise<Outcome<ShelfParcel, Refusal>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  const { scene, parcel } = opened.value;
  const occurredAt = at.occurredAt ?? work.now;
  const decision = decide(parcel, command, occurredAt);
  if (!decision.ok) return decision;
  return settle(scene, parcel, decision.value, circumstances(clerk, at, occurredAt));
}

/** It lies somewhere else from now on; its code stays the recipient's. */
export async function move(
  work: Work,
  ports: ShelfPorts,
  clerk: Pick<Clerk, 'id'>,
  owner: string,
  id: string,
  to: string,
  at: AtCounter = {},
): Promise<Outcome<ShelfParcel, Refusal>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  const { scene, parcel } = opened.value;
  const place = readPlaceOf(scene.point, to);
  if (place === undefined) return refused('shelf_place_invalid', to);
  if (await isDoorTaken(work.db, scene.point, place)) return refused('shelf_place_taken', place);
  const decision = decide(parcel, { kind: 'move' }, work.now);
  if (!decision.ok) return decision;
  const about = circumstances(clerk, { ...at, detail: { from: parcel.place, to: place } }, work.now);
  return settle(scene, { ...parcel, place }, decision.value, about);
}

/** Has the recipient told once more: at most so often a day, and in all. */
export async function requestNotice(
  work: Work,
  ports: ShelfPorts,
  owner: string,
  id: string,
  kind: 'resend' | 'urge',
): Promise<Outcome<ShelfParcel, Refusal>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  const { scene, parcel } = opened.value;
  if (parcel.state !== 'stored') return refused('shelf_state_conflict', `The parcel is ${parcel.state}.`);
  const today = localDate(work.now, scene.point.zone);
  const ofDay = parcel.noticeDay === today ? parcel.noticesOfDay : 0;
  const { perDay, inAll } = scene.rules.notices;
  if (ofDay >= perDay || parcel.notices >= inAll) return refused('shelf_notice_limit', '');
  const after: ShelfParcel = {
    ...parcel,
    version: parcel.version + 1,
    notices: parcel.notices + 1,
    noticeDay: today,
    noticesOfDay: ofDay + 1,
  };
  await saveParcel(work.db, after, [], work.now);
  tell(scene, after, events.NoticeRequested, work.now, { kind });
  return accepted(after);
}

/** No look-alikes; 16 of 32 letters are 80 bits. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The recipient lets a friend collect. The token is shown once; a later friend does not end an earlier one. */
export async function authoriseFriend(
  work: Work,
  ports: ShelfPorts,
  owner: string,
  id: string,
): Promise<Outcome<{ readonly friendId: string; readonly token: string }, Refusal>> {
  const opened = await open(work, ports, owner, id);
  if (!opened.ok) return opened;
  const { parcel, scene } = opened.value;
  if (parcel.state !== 'stored' && parcel.state !== 'announced')
    return refused('shelf_state_conflict', `The parcel is ${parcel.state}.`);
  // The parcel is locked: two at once do not both count the same friends.
  const friends = await listFriends(work.db, parcel.organisationId, parcel.id);
  if (friends.filter(({ state }) => state === 'active').length >= scene.rules.friends)
    return refused('shelf_friends_limit', `At most ${scene.rules.friends}.`);
  const token = [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  const friendId = work.newId('frn');
  await insertFriend(work.db, {
    organisationId: parcel.organisationId,
    id: friendId,
    shelfParcelId: parcel.id,
    tokenHash: hashToken(token),
    madeAt: work.now,
  });
  return accepted({ friendId, token });
}

export async function revokeFriend(
  work: Work,
  owner: string,
  friendId: string,
): Promise<Outcome<true, Refusal>> {
  const isEnded = await saveFriendState(work.db, owner, friendId, 'revoked', work.now);
  return isEnded ? accepted(true) : refused('shelf_friend_unknown', '');
}
