import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  type CountryCode,
  type OrganisationId,
  type Outcome,
  type ParcelId,
  refused,
} from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { normalisePhone } from '../places/index.ts';
import { findPoint, findPointBlock, type Point, takesDemand } from '../points/index.ts';
import { parcelsOfNumber } from '../tracking/index.ts';
import type { AnnouncementInput } from './contract.ts';
import * as events from './events.ts';
import type { Consent, ShelfErrorCode, ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { tell } from './settle.ts';
import { insertParcel, lockByNumber } from './store.ts';

export type Announced = { readonly parcel: ShelfParcel; readonly isNew: boolean };
type Refusal = ShelfErrorCode | 'phone_malformed' | 'phone_masked' | string;

/**
 * A marketplace, merchant or carrier says that a parcel is on its way to a point. The same number for the same point
 * again by the same organisation is answered as it stands. Goes on in the name of the announcer, then of the point's
 * network, and ends in that.
 */
export async function announceParcel(
  work: Work,
  ports: ShelfPorts,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId' | 'organisationKind'>,
  input: AnnouncementInput,
): Promise<Outcome<Announced, Refusal>> {
  const point = await findPoint(work.db, input.pointId);
  if (point === undefined || !point.services.includes('collect') || !takesDemand(point, work.now))
    return refused('shelf_point_unknown', input.pointId);
  if (input.cashOnDelivery !== undefined && point.kind === 'locker')
    return refused('shelf_cash_at_locker', '');
  const number = normaliseNumber(input.number);
  if (number === undefined)
    return refused('invalid_request', '', [
      { pointer: '/number', code: 'number', message: 'has 4 to 40 letters and digits' },
    ]);
  if (input.consent.givenAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const recipient = readRecipient(input.recipient, point.country);
  if (!recipient.ok) return recipient;
  const parcelId = await parcelIn(work, caller, number, input.carrierCode);
  await work.actFor({ organisationId: caller.organisationId });
  const recipientRef = await ports.vault.storeParty(work, {
    organisationId: caller.organisationId,
    party: recipient.value,
  });
  await work.actFor({ organisationId: point.organisationId });
  const parcel: ShelfParcel = {
    ...untouched(work),
    organisationId: point.organisationId,
    pointId: point.id,
    number,
    carrierCode: input.carrierCode,
    parcelId,
    announcedBy: caller.organisationId,
    clientPlatformId:
      caller.organisationKind === 'marketplace' ? caller.organisationId : caller.clientPlatformId,
    recipientRef,
    consent: input.consent as Consent,
    reservationId: input.reservationId,
    size: input.size,
    cashOnDelivery: input.cashOnDelivery,
  };
  const isServed = await serves(work, ports, point, recipient.value);
  if (!isServed || !(await insertParcel(work.db, parcel))) {
    const standing = await lockByNumber(work.db, point.organisationId, number);
    if (standing?.announcedBy === caller.organisationId && standing.pointId === point.id)
      return accepted({ parcel: standing, isNew: false });
    return isServed
      ? refused('shelf_already_announced', number)
      : refused('point_does_not_serve', 'The reason is blocked.');
  }
  tell({ work, point }, parcel, events.ShelfParcelAnnounced, work.now, {});
  return accepted({ parcel, isNew: true });
}

/** With the phone as the vault keeps it. */
function readRecipient(
  recipient: AnnouncementInput['recipient'],
  country: CountryCode,
): Outcome<AnnouncementInput['recipient'], Refusal> {
  if (recipient.phone === undefined) return accepted(recipient);
  const read = normalisePhone(recipient.phone, country);
  if (read.ok) return accepted({ ...recipient, phone: read.value.e164 });
  const { code, detail } = read.rejection;
  return refused(code, detail, [{ pointer: '/recipient/phone', code, message: detail }]);
}

/** Whether the network of a point serves this recipient; in its scope. Why not is its own affair. */
async function serves(
  { db }: Work,
  { blocks }: ShelfPorts,
  { organisationId, country }: Point,
  { phone }: AnnouncementInput['recipient'],
): Promise<boolean> {
  const keys = await blocks.ofParty(db, { phone }, country);
  return (await findPointBlock(db, organisationId, { country, divisionCodes: [], ...keys })) === undefined;
}

/** A parcel that nobody announced, with the consent that its recipient gave at the counter or by phone. */
export function unannounced(
  work: Work,
  point: { readonly id: ShelfParcel['pointId']; readonly organisationId: OrganisationId },
  given: {
    readonly number: string;
    readonly carrierCode: string | undefined;
    readonly parcelId: ParcelId | undefined;
    readonly recipientRef: ShelfParcel['recipientRef'];
  },
): ShelfParcel {
  return {
    ...untouched(work),
    organisationId: point.organisationId,
    pointId: point.id,
    announcedBy: point.organisationId,
    ...given,
  };
}

function untouched(
  work: Work,
): Omit<
  ShelfParcel,
  'organisationId' | 'pointId' | 'number' | 'carrierCode' | 'parcelId' | 'announcedBy' | 'recipientRef'
> {
  return {
    id: work.newId('spc'),
    version: 1,
    state: 'announced',
    clientPlatformId: undefined,
    consent: undefined,
    reservationId: undefined,
    size: 'm',
    place: undefined,
    code: undefined,
    wrongTries: 0,
    storedAt: undefined,
    freeUntil: undefined,
    returnAt: undefined,
    isExtended: false,
    rung: 0,
    handedOutAt: undefined,
    handedOutBy: undefined,
    cashOnDelivery: undefined,
    cashPaidBy: undefined,
    cashOpenUntil: undefined,
    cashChargedAt: undefined,
    storageFee: undefined,
    exception: undefined,
    reason: undefined,
    notices: 0,
    noticeDay: undefined,
    noticesOfDay: 0,
    lease: undefined,
    announcedAt: work.now,
    changedAt: work.now,
  };
}

/** The announcer's own parcel of this number, if tracking knows one; the first scan here makes another one known. */
async function parcelIn(
  work: Work,
  caller: Pick<Principal, 'organisationId'>,
  number: string,
  carrierCode: string | undefined,
): Promise<ParcelId | undefined> {
  await work.actFor('network');
  const known = await parcelsOfNumber(work.db, number);
  const fitting = known.filter(
    (one) =>
      (carrierCode === undefined || one.carrierCode === carrierCode) &&
      [one.organisationId, one.clientPlatformId, one.carrierId].includes(caller.organisationId),
  );
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}
