import type { Queryable } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import { statementName } from './apply.ts';
import { shownCode } from './code.ts';
import { findClaim, findInsurance } from './insurance-store.ts';
import type { ReturnCase } from './model.ts';
import { findRefund, findSettings } from './order-store.ts';
import type { CounterPoint, ReturnPorts } from './ports.ts';
import { listSteps } from './store.ts';

/**
 * Who looks. `buyer`: with the portal's token; `client`: the buyer's marketplace, that may show him what is his; `own`: the
 * merchant; `any`: the network.
 */
export type Viewer = 'buyer' | 'client' | 'own' | 'any';
type Looking = { readonly db: Queryable; readonly now: Instant };

/** A return as its viewer may see it: skeleton, then what belongs to it, then what only some see. In the owner's scope. */
export async function presentReturn(
  { db, now }: Looking,
  ports: ReturnPorts,
  one: ReturnCase,
  viewer: Viewer,
) {
  const { state } = one;
  const steps = await listSteps(db, one);
  const isBuyers = viewer === 'buyer' || viewer === 'client';
  const code = isBuyers ? await shownCode(db, ports, one, now) : undefined;
  const refund = await findRefund(db, one.id);
  const claim = await findClaim(db, one.id);
  const insured = await findInsurance(db, one.organisationId, one.orderId);
  return {
    ...summaryOf(one, viewer),
    statement: await statementOf(db, ports, one),
    closeReason: state.name === 'closed' ? state.reason : undefined,
    disputed: state.name === 'platform_intervention' ? state.about : undefined,
    route: await routeOf(db, ports, one, isBuyers),
    code,
    refund,
    insurance: insured && {
      insurer: insured.insurer,
      boughtBy: insured.boughtBy,
      premium: insured.premium,
    },
    insuranceClaim: claim === undefined ? undefined : { state: claim.state, amount: claim.amount },
    steps,
  };
}

/** For lists: without what has to be looked up or opened. */
export function summaryOf(one: ReturnCase, viewer: Viewer) {
  const { state, intake, parcel } = one;
  const seesRisk = viewer === 'any' || viewer === 'client';
  return {
    id: one.id,
    organisationId: one.organisationId,
    clientPlatformId: one.clientPlatformId,
    orderId: one.orderId,
    orderReference: one.orderReference,
    objectId: viewer === 'buyer' ? undefined : one.objectId,
    version: one.version,
    kind: one.kind,
    state: state.name,
    dueAt: 'dueAt' in state ? state.dueAt : undefined,
    isHandoverLate: 'isLate' in state ? state.isLate : undefined,
    deliveredAt: state.name === 'in_transit' ? state.deliveredAt : undefined,
    items: one.items,
    amount: one.amount,
    freightPayer: one.freightPayer,
    place: one.place,
    returnTo: one.returnTo,
    wanted: one.wanted,
    pictureIds: one.pictureIds,
    refusal: one.refusal,
    risk: seesRisk ? one.risk : undefined,
    rulebookVersionId: one.rulebookVersionId,
    intake:
      intake === undefined
        ? undefined
        : {
            pointId: intake.pointId,
            occurredAt: intake.occurredAt,
            weightGrams: intake.weightGrams,
            documentKind: intake.identity?.documentKind,
            payment: intake.payment,
            freight: intake.freight,
            pictureIds: intake.pictureIds,
          },
    parcel: parcel && {
      number: parcel.number,
      carrierCode: parcel.carrierCode,
      parcelId: parcel.parcelId,
    },
    replacement: one.replacement,
    appliedAt: one.appliedAt,
    changedAt: one.changedAt,
  };
}

export function pointFaceOf(point: CounterPoint) {
  const { id, name, city, postcode, addressLines, position, zone } = point;
  return { id, name, city, postcode, addressLines: [...addressLines], position, zone };
}

async function statementOf(db: Queryable, ports: ReturnPorts, one: ReturnCase): Promise<string | undefined> {
  const { sealedStatement: sealed, organisationId, id } = one;
  if (sealed === undefined) return undefined;
  const bytes = await ports.vault.openBlob(db, { organisationId, name: statementName(id), sealed });
  return new TextDecoder().decode(bytes);
}

async function routeOf(db: Queryable, ports: ReturnPorts, one: ReturnCase, isBuyers: boolean) {
  const { route } = one;
  if (route === undefined) return undefined;
  if (route.method === 'point') {
    const point = await ports.points.find(db, route.pointId);
    return {
      method: route.method,
      startsAt: route.startsAt,
      reason: route.reason,
      point: point === undefined ? undefined : pointFaceOf(point),
    };
  }
  if (route.method === 'door') {
    const { method, startsAt, endsAt, carrierId } = route;
    return { method, startsAt, endsAt, carrierId };
  }
  const returnAddress = isBuyers ? await addressOf(db, ports, one) : undefined;
  return { method: route.method, returnAddress };
}

export const ADDRESS_NAME = 'return address';

/** Where the buyer posts it to, as the merchant stated it for this purpose. */
async function addressOf(
  db: Queryable,
  ports: ReturnPorts,
  { organisationId }: ReturnCase,
): Promise<string[] | undefined> {
  const sealed = (await findSettings(db, organisationId))?.sealedAddress;
  if (sealed === undefined) return undefined;
  const bytes = await ports.vault.openBlob(db, { organisationId, name: ADDRESS_NAME, sealed });
  return JSON.parse(new TextDecoder().decode(bytes)) as string[];
}
