import {
  accepted,
  addDays,
  type Instant,
  type Money,
  type Outcome,
  refused,
  splitMoney,
} from '../kernel/index.ts';
import type { Order } from '../orders/index.ts';
import type { ReturnErrorCode } from './errors.ts';
import type { Fault, FreightPayer, ReturnKind, ReturnSettings } from './model.ts';
import type { ReturnPolicy } from './rulebook.ts';

export type Application = {
  readonly kind: ReturnKind;
  readonly items: readonly { readonly line: number; readonly quantity: number; readonly reason: string }[];
  readonly pictures: number;
};
export type ApplicationFacts = {
  readonly order: Pick<Order, 'goods' | 'state'>;
  readonly deliveredAt: Instant | undefined;
  readonly now: Instant;
  readonly policy: ReturnPolicy;
  readonly settings: Pick<ReturnSettings, 'windowDays' | 'excludedGoodsClasses'> | undefined;
};
export type Admitted = { readonly fault: Fault; readonly windowEndsAt: Instant | undefined };

/** May the buyer apply for this at all? The whole is the seller's fault as soon as one of its reasons is. */
export function admit(application: Application, facts: ApplicationFacts): Outcome<Admitted, ReturnErrorCode> {
  const { policy, settings, order, deliveredAt, now } = facts;
  const { kind, items } = application;
  const faults = new Set<Fault>();
  if (new Set(items.map(({ line }) => line)).size !== items.length)
    return refused('return_line_unknown', 'A line stands twice.');
  for (const { line, reason } of items) {
    const goods = order.goods[line - 1];
    if (goods === undefined) return refused('return_line_unknown', `There is no line ${line}.`);
    const known = policy.reasons.find(({ code, kinds }) => code === reason && kinds.includes(kind));
    if (known === undefined) return refused('return_reason_unknown', `Line ${line} gives ${reason}.`);
    if (known.needsPicture && application.pictures === 0)
      return refused('return_pictures_missing', `${reason} needs one.`);
    if (known.fault === 'buyer' && isOnlyIfFaulty(goods.goodsClass, policy, settings))
      return refused('return_goods_excluded', `Line ${line} is ${goods.goodsClass}.`);
    faults.add(known.fault);
  }
  const fault = faults.has('seller') ? 'seller' : 'buyer';
  if (deliveredAt === undefined)
    return kind === 'refund_only'
      ? accepted({ fault, windowEndsAt: undefined })
      : refused('return_order_not_delivered', `It is ${order.state}.`);
  const windowEndsAt = addDays(deliveredAt, Math.max(policy.windowDays, settings?.windowDays ?? 0));
  if (now > windowEndsAt) return refused('return_window_over', `It ended at ${windowEndsAt}.`);
  return accepted({ fault, windowEndsAt });
}

/** Goods of this class go back for a fault of the seller alone. */
export function isOnlyIfFaulty(
  goodsClass: string,
  policy: Pick<ReturnPolicy, 'excludedGoodsClasses'>,
  settings: Pick<ReturnSettings, 'excludedGoodsClasses'> | undefined,
): boolean {
  const excluded: readonly string[] = [
    ...policy.excludedGoodsClasses,
    ...(settings?.excludedGoodsClasses ?? []),
  ];
  return excluded.includes(goodsClass);
}

/** What the buyer paid for the whole order: as the order says, else what its goods are worth. */
export function paidFor(order: Pick<Order, 'goods' | 'orderAmount'>): Money {
  const [first] = order.goods;
  if (order.orderAmount !== undefined) return order.orderAmount;
  if (first === undefined) throw new Error('an order has goods');
  const { currency } = first.unitValue;
  const same = order.goods.filter((item) => item.unitValue.currency === currency);
  const amountMinor = same.reduce((sum, item) => sum + item.quantity * item.unitValue.amountMinor, 0);
  return { amountMinor, currency };
}

/** What was paid for each line: the whole, by the declared values of its goods. */
export function linePrices(order: Pick<Order, 'goods' | 'orderAmount'>): readonly Money[] {
  const whole = paidFor(order);
  const weights = order.goods.map((item) => item.quantity * item.unitValue.amountMinor);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return splitMoney(whole, total === 0 ? order.goods.map((item) => item.quantity) : weights);
}

/**
 * What was paid for some pieces of a line when `before` of them are spoken for already, so that pieces that come back one
 * by one sum to exactly the line.
 */
export function pricePart(line: Money, pieces: number, before: number, quantity: number): Money {
  const upTo = (count: number) => Math.floor((line.amountMinor * count) / pieces);
  return { amountMinor: upTo(before + quantity) - upTo(before), currency: line.currency };
}

/** Who pays the way back. Insurance spares the buyer only what is his to pay. */
export function freightPayerOf(
  fault: Fault,
  about: { readonly isInsured: boolean; readonly freeReturns: boolean },
): FreightPayer {
  if (fault === 'seller' || about.freeReturns) return 'seller';
  return about.isInsured ? 'insurer' : 'buyer';
}

/** Nobody has to be asked: the amount is small, or the refund comes first and little speaks against it. */
export function agreesAtOnce(
  about: { readonly kind: ReturnKind; readonly amount: Money; readonly risk: number },
  policy: ReturnPolicy,
  settings: Pick<ReturnSettings, 'autoAgreeUpTo'> | undefined,
): boolean {
  const { kind, amount, risk } = about;
  if (kind === 'refund_only')
    return isUpTo(amount, policy.refundOnly.upTo) && risk <= policy.refundOnly.maxRisk;
  const own = settings?.autoAgreeUpTo;
  const sellerAgrees = own?.currency === amount.currency && amount.amountMinor <= own.amountMinor;
  return sellerAgrees || isUpTo(amount, policy.autoAgreeUpTo);
}

/** The refund goes out when the counter has found every item as it was described. */
export function refundsAtCounter(
  about: {
    readonly kind: ReturnKind;
    readonly amount: Money;
    readonly risk: number;
    readonly isAsDescribed: boolean;
  },
  policy: ReturnPolicy,
): boolean {
  const { upTo, maxRisk } = policy.refundAtCounter;
  return (
    about.kind === 'return' && about.isAsDescribed && about.risk <= maxRisk && isUpTo(about.amount, upTo)
  );
}

function isUpTo(amount: Money, limits: Readonly<Record<string, number>>): boolean {
  const limit = limits[amount.currency];
  return limit !== undefined && amount.amountMinor <= limit;
}
