import type { Work } from '../../platform/world/index.ts';
import { accepted, addDays, type Outcome, refused } from '../kernel/index.ts';
import type { Order } from '../orders/index.ts';
import { subjectOf } from './announce.ts';
import {
  type Application,
  admit,
  agreesAtOnce,
  freightPayerOf,
  linePrices,
  paidFor,
  pricePart,
} from './application.policy.ts';
import type { ReturnErrorCode } from './errors.ts';
import { ReturnApplied } from './events.ts';
import { actOn, type By, CLOCKWORK, policyAt, tellAll, watchClock } from './handle.ts';
import { findInsurance } from './insurance-store.ts';
import type { ReturnCase, ReturnId, ReturnItem } from './model.ts';
import { claimPieces, findSettings, openOrder } from './order-store.ts';
import { areOfOrder } from './picture-store.ts';
import type { ReturnPorts } from './ports.ts';
import { riskOf } from './risk.policy.ts';
import { dueAfter } from './rulebook.ts';
import { findByObjectId, insertReturn, insertSteps, listPastReturns } from './store.ts';

export type ApplicationInput = Omit<Application, 'pictures'> & {
  readonly objectId: string;
  readonly pictureIds: readonly string[];
  readonly statement?: string | undefined;
  readonly wanted?: string | undefined;
};
type Applied = Outcome<ReturnCase, ReturnErrorCode>;

/**
 * The buyer applies, by himself or through his marketplace or merchant, in the scope of the merchant. The same handle
 * again is the same case. Small amounts and compensation with little risk are agreed to at once, by the rules.
 */
export async function applyForReturn(
  work: Work,
  ports: ReturnPorts,
  order: Order,
  by: By,
  input: ApplicationInput,
): Promise<Applied> {
  const { organisationId } = order;
  const known = await findByObjectId(work.db, organisationId, order.id, input.objectId);
  if (known !== undefined) return sameAgain(known, input);
  const [policy, settings] = [
    await policyAt(work.db, ports, order.clientPlatformId, work.now),
    await findSettings(work.db, organisationId),
  ];
  // An order that was delivered changes no more, but to be returned.
  const deliveredAt = order.state === 'delivered' ? order.changedAt : undefined;
  const application = { kind: input.kind, items: input.items, pictures: input.pictureIds.length };
  const admitted = admit(application, {
    ...{ order, deliveredAt, now: work.now, policy: policy.document, settings },
  });
  if (!admitted.ok) return admitted;
  if (!(await areOfOrder(work.db, organisationId, order.id, input.pictureIds)))
    return refused('return_picture_unknown', '');
  const claimed = await claimItems(work, order, input);
  if (!claimed.ok) return claimed;
  const items = claimed.value;
  const amount = {
    amountMinor: items.reduce((sum, item) => sum + item.amount.amountMinor, 0),
    currency: paidFor(order).currency,
  };
  const { risk: rules } = policy.document;
  const since = addDays(work.now, -rules.lookBackDays);
  const past = await listPastReturns(work.db, organisationId, [order.recipientRef], since);
  const { fault, windowEndsAt } = admitted.value;
  const risk = riskOf({ past, orderId: order.id, amount, now: work.now, windowEndsAt }, rules);
  const isInsured = (await findInsurance(work.db, organisationId, order.id))?.state === 'active';
  const one: ReturnCase = {
    ...(await blankCase(work, ports, order, input)),
    ...{ items, amount, risk, rulebookVersionId: policy.versionId },
    state: { name: 'applied', dueAt: dueAfter(policy.document, order.to.country, 'agree', work.now) },
    freightPayer: freightPayerOf(fault, { isInsured, freeReturns: settings?.freeReturns === true }),
    returnToRef: settings?.returnToRef ?? order.senderRef,
    returnTo: settings?.returnTo ?? order.from,
  };
  const stored = await open(work, await withDefaultAddress(work, ports, one), by);
  if (!stored.ok) return stored;
  const atOnce = agreesAtOnce({ kind: one.kind, amount, risk: risk.score }, policy.document, settings);
  if (!atOnce) return stored;
  const agreed = await actOn(work, ports, stored.value, CLOCKWORK, { kind: 'agree', by: 'rules' });
  if (!agreed.ok) throw new Error(`a fresh return was not agreed to: ${agreed.rejection.code}`);
  return accepted(agreed.value);
}

/** The same handle for the same goods is a repetition; for others it is a mistake. */
function sameAgain(known: ReturnCase, input: ApplicationInput): Applied {
  const isSame =
    known.kind === input.kind &&
    known.items.length === input.items.length &&
    input.items.every((item) =>
      known.items.some((one) => one.line === item.line && one.quantity === item.quantity),
    );
  return isSame ? accepted(known) : refused('return_object_reused', '');
}

/** Takes the pieces of each line; in one order for everybody, or two applications would wait for each other. */
async function claimItems(
  work: Work,
  order: Order,
  input: ApplicationInput,
): Promise<Outcome<readonly ReturnItem[], ReturnErrorCode>> {
  const quantities = order.goods.map(({ quantity }) => quantity);
  await openOrder(work.db, order.organisationId, order.id, quantities, paidFor(order));
  const prices = linePrices(order);
  const items: ReturnItem[] = [];
  for (const { line, quantity, reason } of input.items.toSorted((a, b) => a.line - b.line)) {
    const [goods, price] = [order.goods[line - 1], prices[line - 1]];
    if (goods === undefined || price === undefined) return refused('return_line_unknown', '');
    const before = await claimPieces(work.db, order.organisationId, order.id, line, quantity);
    if (before === undefined) return refused('return_quantity_exceeded', `Line ${line}.`);
    items.push({
      ...{ line, quantity, reason, goodsClass: goods.goodsClass, sku: goods.sku },
      description: goods.descriptionEn,
      amount: pricePart(price, goods.quantity, before, quantity),
    });
  }
  return accepted(items);
}

type Blank = Omit<
  ReturnCase,
  'items' | 'amount' | 'risk' | 'rulebookVersionId' | 'state' | 'freightPayer' | 'returnToRef' | 'returnTo'
>;

async function blankCase(
  work: Work,
  ports: ReturnPorts,
  order: Order,
  input: ApplicationInput,
): Promise<Blank> {
  const id: ReturnId = work.newId('ret');
  const { organisationId } = order;
  const sealedStatement =
    input.statement === undefined
      ? undefined
      : await ports.vault.sealBlob(work, {
          organisationId,
          name: statementName(id),
          bytes: new TextEncoder().encode(input.statement),
        });
  return {
    id,
    organisationId,
    clientPlatformId: order.clientPlatformId,
    orderId: order.id,
    orderReference: order.reference,
    objectId: input.objectId,
    version: 0,
    kind: input.kind,
    buyerRef: order.recipientRef,
    place: order.to,
    wanted: input.kind === 'exchange' ? input.wanted : undefined,
    sealedStatement,
    pictureIds: input.pictureIds,
    refusal: undefined,
    route: undefined,
    sealedCode: undefined,
    codeExpiresAt: undefined,
    intake: undefined,
    parcel: undefined,
    replacement: undefined,
    point: undefined,
    appliedAt: work.now,
    changedAt: work.now,
  };
}

/** What the buyer wrote is sealed under this name. */
export function statementName(id: ReturnId): string {
  return `return statement ${id}`;
}

async function withDefaultAddress(work: Work, ports: ReturnPorts, one: ReturnCase): Promise<ReturnCase> {
  if (one.returnToRef !== undefined && one.returnTo !== undefined) return one;
  const sender = await ports.defaultSender(work.db, one.organisationId);
  return { ...one, returnToRef: sender?.ref, returnTo: sender?.place };
}

async function open(work: Work, fresh: ReturnCase, by: By): Promise<Applied> {
  const dueAt = 'dueAt' in fresh.state ? fresh.state.dueAt : undefined;
  const payload = { ...subjectOf(fresh), dueAt };
  if (!(await insertReturn(work.db, { ...fresh, version: 1 }))) return refused('return_object_reused', '');
  const told = tellAll(work, fresh, [{ event: ReturnApplied, payload }]);
  await insertSteps(work.db, told, [
    {
      ...{ fact: 'applied', state: 'applied', party: by.party, byCaller: by.callerId },
      ...{ reason: undefined, occurredAt: work.now },
    },
  ]);
  watchClock(work, undefined, told);
  return accepted(told);
}
