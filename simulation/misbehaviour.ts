import { type Deed, type ForgeryWay, GARBLED_WAYS, type ScanFact } from './acts.ts';
import { DAY, HOUR, MINUTE, minutes } from './calendar.ts';
import type { Order } from './plan.ts';
import { randomOf } from './random.ts';

/*
 * What becomes of the news of a scan. The shares are our assumptions; the truth of each is kept, because whoever plays
 * the scan also writes down what it did. Nothing here knows how the network judges.
 */

type Misbehaviour = { readonly seed: number; readonly order: Order };

/** Sources that no marketplace of the world recognises unless it says so (domain reference 3.1). */
export const UNRECOGNISED: ReadonlySet<string> = new Set([
  '4px',
  'yanwen',
  'jd',
  'zto',
  'yto',
  'sto',
  'yunda',
]);
/** The marketplace that plays AliExpress's rules has checked Yanwen and recognises it. */
export const RECOGNISED_BY_ALIEXPRESS_RULES: readonly string[] = ['yanwen'];

const LATE = 0.04;
const REPEATED = 0.05;
const UNREPORTED = 0.015;
const FORGED = 0.012;
const GARBLED = 0.02;

/** The acts by which one observation becomes known: in time, late, twice or never; and now and then a forgery beside it. */
function tell(
  { seed, order }: Misbehaviour,
  carrier: string,
  fact: ScanFact,
  index: number,
  isLast: boolean,
): Deed[] {
  const random = randomOf(seed, `news/${order.index}/${index}`);
  // The last word of a life is always told in the end, or no party would ever learn how it ended.
  if (!isLast && random.chance(UNREPORTED)) return [{ kind: 'unreported', at: fact.occurredAt, fact }];
  const latency =
    minutes(random.spread(12, 70)) + (random.chance(LATE) ? minutes(random.spread(900, 3600)) : 0);
  const at = afterOutage(seed, carrier, fact.occurredAt + latency);
  const isBelieved = isRecognised(order, carrier);
  const deeds: Deed[] = [{ kind: 'scan', at, carrier, fact, isBelieved, isRepeat: false }];
  if (random.chance(REPEATED))
    deeds.push({
      kind: 'scan',
      at: at + minutes(random.spread(30, 600)),
      carrier,
      fact,
      isBelieved,
      isRepeat: true,
    });
  const damage = randomOf(seed, `garbled/${order.index}/${index}`);
  if (isBelieved && damage.chance(GARBLED))
    deeds.push({ kind: 'garble', at: at + 2 * MINUTE, carrier, way: damage.pick(GARBLED_WAYS), fact });
  const isCheat = order.cheat === 'false_delivery' && index === 0;
  if (isCheat || random.chance(FORGED)) {
    const way: ForgeryWay = isCheat
      ? 'merchant_says_so'
      : random.pick(['wrong_key', 'unrecognised_source', 'in_the_future', 'another_carrier'] as const);
    deeds.push({ kind: 'forge', at: at + 5 * MINUTE, way, fact: forged(fact, order) });
  }
  return deeds;
}

/** All that carriers have to tell of a stretch of the way, in its order. */
export function report(
  seed: number,
  order: Order,
  facts: readonly (readonly [carrier: string, ScanFact])[],
): Deed[] {
  const habits: Misbehaviour = { seed, order };
  return facts.flatMap(([carrier, fact], index) =>
    tell(habits, carrier, fact, index, index === facts.length - 1),
  );
}

export function isRecognised(order: Order, carrier: string): boolean {
  if (!UNRECOGNISED.has(carrier)) return true;
  return order.merchant.marketplace === 0 && RECOGNISED_BY_ALIEXPRESS_RULES.includes(carrier);
}

/** A forger claims what pays: that it was delivered, a little after the last thing that is true. */
function forged(fact: ScanFact, order: Order): ScanFact {
  return {
    milestone: 'delivered',
    code: 'delivered',
    occurredAt: fact.occurredAt + MINUTE,
    place: { country: order.city.country, city: order.city.name },
  };
}

/**
 * Each carrier's line to us is down once in ten days, for a few hours to more than a day: honest, and everything of
 * that time comes late and at once.
 */
export function afterOutage(seed: number, carrier: string, at: number): number {
  const decade = Math.floor(at / (10 * DAY));
  const random = randomOf(seed, `outage/${carrier}/${decade}`);
  const from = decade * 10 * DAY + random.whole(0, 8) * DAY + random.whole(0, 23) * HOUR;
  const to = from + minutes(random.spread(240, 1500));
  return from <= at && at < to ? to + random.whole(0, 20) * MINUTE : at;
}
