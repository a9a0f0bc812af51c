import type { Queryable } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { findPoint } from '../points/index.ts';
import { addressLinesOf, pageProfileOf } from '../shipments/index.ts';
import { destinationZone } from '../tracking/index.ts';
import type { ShownParty } from '../vault/index.ts';
import { mailingCodes } from './code.ts';
import type { handoverOptions } from './handover.ts';
import type { Mailing } from './model.ts';
import type { MailingPorts } from './ports.ts';
import type { MailingQuote, QuoteRequest } from './quote.ts';
import type { MailingPolicy } from './rulebook.ts';
import { listSteps } from './store.ts';

/** Who looks: `sender` with the portal's token; `own` who ordered it and may show him what is his; `any` the network. */
export type Viewer = 'sender' | 'own' | 'any';
type Looking = { readonly db: Queryable; readonly now: Instant };

/** A mailing as its viewer may see it: skeleton, then what belongs to it, then what only some see. In the owner's scope. */
export async function presentMailing(
  { db, now }: Looking,
  ports: Pick<MailingPorts, 'vault' | 'keyRing'>,
  one: Mailing,
  viewer: Viewer,
) {
  const { organisationId, senderRef, recipientRef, state } = one;
  const profile = pageProfileOf(viewer === 'any' ? 'any' : 'own', one.to.country);
  const keys = [senderRef, recipientRef].map((ref) => ({ organisationId, ref }));
  const parties = await ports.vault.maskedParties(db, keys, { profile, at: now });
  const isShown = viewer !== 'any' && state.name === 'placed';
  return {
    ...summaryOf(one),
    sender: partyView(parties.get(senderRef)),
    recipient: partyView(parties.get(recipientRef)),
    handover: await handoverOf(db, one),
    code: isShown ? await mailingCodes.shown(db, ports, one, now) : undefined,
    steps: (await listSteps(db, one)).map(({ byCaller: _who, ...step }) => step),
  };
}

/** For lists: without what has to be looked up or opened. */
export function summaryOf(one: Mailing) {
  const { state, quoted, intake, parcel } = one;
  return {
    id: one.id,
    organisationId: one.organisationId,
    objectId: one.objectId.split('/').at(-1),
    version: one.version,
    placedBy: one.placedBy,
    state: state.name,
    closeReason: state.name === 'closed' ? state.reason : undefined,
    dueAt: 'dueAt' in state ? state.dueAt : undefined,
    isLate: 'isLate' in state ? state.isLate : undefined,
    from: one.from,
    to: one.to,
    destinationZone: destinationZone(one.to),
    goods: one.goods,
    declared: one.declared,
    lineCode: quoted.lineCode,
    carrierCode: quoted.carrierCode,
    quoted: { charges: quoted.charges, total: quoted.total, promisedAt: quoted.promisedAt },
    ceiling: one.ceiling,
    payment: one.payment,
    rulebookVersionId: one.rulebookVersionId,
    parcel: parcel && {
      ...{ number: parcel.number, carrierCode: parcel.carrierCode, parcelId: parcel.parcelId },
    },
    receipt: intake === undefined ? undefined : receiptOf(one),
    placedAt: one.placedAt,
    changedAt: one.changedAt,
  };
}

/** What the sender may see by his number: content, weight, fee and promise (LAW2 25), and what was seen of him. */
export function receiptOf({ intake, parcel, quoted, goods, to }: Mailing) {
  if (intake === undefined) return undefined;
  return {
    number: parcel?.number,
    content: goods.description,
    pieces: goods.quantity,
    goodsClass: intake.goodsClass,
    weightGrams: intake.measured.weightGrams,
    size: intake.measured.size,
    charges: intake.charges,
    freight: intake.freight,
    collected: intake.collected,
    paidBy: intake.paidBy ?? (intake.chargeId === undefined ? undefined : 'wallet'),
    promisedAt: quoted.promisedAt,
    destinationZone: destinationZone(to),
    documentKind: intake.documentKind,
    inspectionMark: intake.inspectionMark,
    pointId: intake.pointId,
    acceptedAt: intake.occurredAt,
  };
}

function partyView(party: ShownParty | undefined) {
  if (party === undefined) return undefined;
  return {
    id: party.ref,
    name: party.name,
    phone: party.phone,
    addressLines: addressLinesOf(party),
    country: party.address?.country ?? 'ZZ',
  };
}

async function handoverOf(db: Queryable, { handover }: Mailing) {
  if (handover === undefined) return { method: 'any_point' as const };
  const { method, startsAt } = handover;
  if (method === 'door') return { method, startsAt, endsAt: handover.endsAt, carrierId: handover.carrierId };
  const point = await findPoint(db, handover.pointId);
  return { method, startsAt, reason: handover.reason, point: point && pointFaceOf(point) };
}

export function pointFaceOf(point: NonNullable<Awaited<ReturnType<typeof findPoint>>>) {
  const { id, name, city, postcode, addressLines, position, zone } = point;
  return { id, name, city, postcode, addressLines: [...addressLines], position, zone };
}

/** What the law of a country asks of the counter, as far as the rules say. */
export function dutiesOf(policy: MailingPolicy, country: string) {
  return {
    needsIdentity: policy.identityCountries.includes(country),
    documentKinds: [...policy.documentKinds],
    needsInspection: policy.inspectionCountries.includes(country),
    checklist: policy.inspectionCountries.includes(country) ? [...policy.checklist] : [],
    needsPriceList: policy.priceListCountries.includes(country),
  };
}

export function presentQuote({ offers, refused, policy }: MailingQuote, { from, to }: QuoteRequest) {
  return { destinationZone: destinationZone(to), offers, refused, duties: dutiesOf(policy, from.country) };
}

export function presentOptions({ points, doors }: Awaited<ReturnType<typeof handoverOptions>>) {
  return {
    points: points.map(({ point, distanceMeters, score, hours }) => ({
      ...{ point: pointFaceOf(point), distanceMeters, score, hours: [...hours] },
    })),
    doors,
  };
}
