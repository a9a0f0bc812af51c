import type { Queryable } from '../../platform/db/index.ts';
import type { RateLimiter } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { OpenedPortal } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  idFromUuid,
  type OrganisationId,
  type Outcome,
  type PartyRef,
  refused,
} from '../kernel/index.ts';
import { findOrder, type Order, type OrderId } from '../orders/index.ts';
import { isOnlyIfFaulty } from './application.policy.ts';
import { PORTAL } from './code-store.ts';
import type { By } from './handle.ts';
import { policyAt } from './handle.ts';
import { findSettings, listClaimed } from './order-store.ts';
import type { ReturnPorts } from './ports.ts';
import { findReturn, listOfOrder } from './store.ts';
import { presentReturn } from './views.ts';

export type PortalLimits = {
  /** Tries per order number and address: a buyer mistypes a few times (our default: 10, then 5 a minute). */
  readonly perOrderAndAddress: RateLimiter;
  /** Tries per order number from anywhere: 10,000 endings of a phone must take weeks (our default: 30, then 12 an hour). */
  readonly perOrder: RateLimiter;
  /** Tries per address, whatever the number: nobody walks through them (our default: 60, then 10 a minute). */
  readonly perAddress: RateLimiter;
};

/** Orders of different merchants may have one number. */
const ORDERS_LOOKED_AT = 20;
export const BUYER: By = { party: 'buyer', callerId: 'portal' };

const NO_UUID = new Uint8Array(16);
/** Asked for in place of a person who is not there, so that the time of the answer tells nothing. */
const NOBODY = {
  organisationId: idFromUuid('org', NO_UUID) as OrganisationId,
  ref: idFromUuid('pty', NO_UUID) as PartyRef,
};

/** The order that a token opens. */
export type OrderLink = { readonly organisationId: OrganisationId; readonly orderId: OrderId };

export type PortalQuestion = {
  readonly orderNumber: string;
  readonly email?: string | undefined;
  readonly phoneLast4?: string | undefined;
};

/**
 * A short-lived token for the order that fits number and contact. A wrong contact, an unknown number and a merchant's
 * number of another order are answered alike. Right tries are none.
 */
export async function openPortal(
  world: World,
  ports: ReturnPorts,
  limits: PortalLimits,
  question: PortalQuestion,
  remoteAddress: string,
): Promise<Outcome<OpenedPortal>> {
  const order = `${world.name} ${question.orderNumber}`;
  const tries = [
    [limits.perOrderAndAddress, `${order} ${remoteAddress}`],
    [limits.perAddress, `${world.name} ${remoteAddress}`],
    [limits.perOrder, order],
  ] as const;
  // In this order: who is stopped by his own limit does not use up that of the number.
  if (!tries.every(([limit, key]) => limit.take(key).allowed)) return refused('rate_limited', '');
  const found = await world.read('network', (db) => findFitting(db, ports, question));
  if (found === undefined) return refused('return_order_not_found', '');
  for (const [limit, key] of tries) limit.giveBack(key);
  const { organisationId, id: subjectId } = found;
  return world.command({ organisationId }, async (work) =>
    accepted(await PORTAL.open(work, { organisationId, subjectId })),
  );
}

async function findFitting(db: Queryable, ports: ReturnPorts, question: PortalQuestion) {
  const { email, phoneLast4, orderNumber } = question;
  const field = email === undefined ? 'phone_tail' : 'email';
  const text = email ?? phoneLast4 ?? '';
  const orders = (await ports.ordersOfReference(db, orderNumber)).slice(0, ORDERS_LOOKED_AT);
  // An unknown number costs one check as well.
  if (orders.length === 0) await ports.vault.partyHas(db, NOBODY, field, text);
  let fitting: Order | undefined;
  for (const order of orders) {
    const { organisationId, recipientRef: ref } = order;
    if (await ports.vault.partyHas(db, { organisationId, ref }, field, text)) fitting ??= order;
  }
  return fitting;
}

/** The order that a token opens; a token that ran out and one that never was are answered alike. */
export async function linkOf(world: World, token: string): Promise<Outcome<OrderLink>> {
  const link = await world.read('network', (db, now) => PORTAL.find(db, token, now));
  if (link === undefined) return refused('return_order_not_found', '');
  return accepted({ organisationId: link.organisationId, orderId: link.subjectId });
}

/** A return of the order that the token opens, in the scope of its owner; others are not there. */
export async function ownReturn(db: Queryable, link: OrderLink, returnId: string) {
  const one = await findReturn(db, returnId);
  return one?.orderId === link.orderId ? one : undefined;
}

export async function presentPortal(reading: Pick<Work, 'db' | 'now'>, ports: ReturnPorts, link: OrderLink) {
  const { db, now } = reading;
  const order = await findOrder(db, link.orderId);
  if (order === undefined) return undefined;
  const [policy, settings, claimed, cases] = [
    (await policyAt(db, ports, order.clientPlatformId, now)).document,
    await findSettings(db, link.organisationId),
    await listClaimed(db, link.organisationId, link.orderId),
    await listOfOrder(db, link.organisationId, link.orderId),
  ];
  const returns = [];
  for (const one of cases) returns.push(await presentReturn(reading, ports, one, 'buyer'));
  const days = Math.max(policy.windowDays, settings?.windowDays ?? 0);
  return {
    orderReference: order.reference,
    orderState: order.state,
    lines: order.goods.map(({ descriptionEn, quantity, goodsClass }, index) => ({
      line: index + 1,
      description: descriptionEn,
      quantity,
      returnable: quantity - (claimed.get(index + 1) ?? 0),
      onlyIfFaulty: isOnlyIfFaulty(goodsClass, policy, settings),
    })),
    reasons: policy.reasons,
    windowEndsAt: order.state === 'delivered' ? addDays(order.changedAt, days) : undefined,
    now,
    returns,
  };
}
