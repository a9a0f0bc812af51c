import type { Deed, Place, ScanFact } from './acts.ts';
import { days, minutes } from './calendar.ts';
import { type Fate, fateOf } from './fates.ts';
import { report } from './misbehaviour.ts';
import type { Order } from './plan.ts';
import { type Random, randomOf } from './random.ts';

/** Asked for through the marketplace, by a buyer who has no key. Our assumption. */
const BY_BUYERS = 0.4;

/** What is asked and answered, in its order. */
const SCRIPTS: Readonly<Partial<Record<Fate, readonly Step[]>>> = {
  stopped_early: ['ask_return', 'accept', 'done'],
  stopped_on_way: ['ask_return', 'accept', 'done'],
  stop_failed: ['ask_return', 'accept', 'failed'],
  stop_refused: ['ask_return', 'refuse'],
  stop_withdrawn: ['ask_return', 'accept', 'withdraw'],
  readdressed_early: ['ask_address_change', 'accept', 'done'],
  readdressed_on_way: ['ask_address_change', 'accept', 'done'],
};
type Step = 'ask_return' | 'ask_address_change' | 'accept' | 'refuse' | 'done' | 'failed' | 'withdraw';

/** Fates whose interception comes while the parcel stands at the first warehouse. */
const EARLY: ReadonlySet<Fate> = new Set(['stopped_early', 'readdressed_early']);

/** The interception of an order, if its fate has one there; `endsAt` is `from` where it has none. */
export function stopAt(
  where: 'warehouse' | 'way',
  seed: number,
  order: Order,
  from: number,
): { readonly deeds: Deed[]; readonly endsAt: number } {
  const fate = fateOf(seed, order);
  const script = EARLY.has(fate) === (where === 'warehouse') ? SCRIPTS[fate] : undefined;
  const random = randomOf(seed, `stop/${order.index}`);
  const by = random.chance(BY_BUYERS) ? 'marketplace' : 'merchant';
  let at = from;
  const deeds = (script ?? []).map((step): Deed => {
    // Carriers answer within the hour: later the parcel would be elsewhere.
    at += minutes(random.whole(12, 45));
    switch (step) {
      case 'ask_return':
        return { kind: 'ask_stop', at, wish: 'return', by };
      case 'ask_address_change':
        return { kind: 'ask_stop', at, wish: 'address_change', by };
      case 'withdraw':
        return { kind: 'withdraw_stop', at };
      default:
        return { kind: 'answer_stop', at, answer: step };
    }
  });
  return { deeds, endsAt: at };
}

/** Stopped after it left: the carrier's scans tell how it comes back. */
export function wayBack(
  seed: number,
  order: Order,
  bought: { readonly carrierCode: string },
  stoppedAt: number,
): Deed[] {
  const random: Random = randomOf(seed, `way-back/${order.index}`);
  const place: Place = { country: order.origin.country, city: order.origin.name };
  const turnedAt = stoppedAt + days(random.spread(0.3, 0.9));
  const fact = (milestone: string, occurredAt: number): [string, ScanFact] => [
    bought.carrierCode,
    { milestone, code: milestone, occurredAt, place },
  ];
  return report(seed, order, [
    fact('returning', turnedAt),
    fact('returned', turnedAt + days(random.spread(1.2, 3.5))),
  ]);
}
