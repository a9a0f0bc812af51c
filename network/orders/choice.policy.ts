import { msOf } from '../kernel/index.ts';
import type { LineOffer } from '../offers/index.ts';
import type { HandoverKind } from '../shipments/index.ts';
import type { Choice } from './model.ts';

/**
 * The offer that a rule takes, among those that take the parcel the wanted way. Offers come best first, so `best` is
 * the first. Prices are compared in the currency of the best one: others need a rate that the search has judged.
 */
export function chooseOffer<Offer extends LineOffer>(
  offers: readonly Offer[],
  choice: Choice,
  handover: HandoverKind | undefined,
): Offer | undefined {
  const fitting = offers.filter(
    (offer) => handover === undefined || offer.handoverChoices.includes(handover),
  );
  const [best] = fitting;
  if (best === undefined || choice === 'best') return best;
  if (choice === 'fastest') return least(fitting, (offer) => msOf(offer.promise.latest));
  const comparable = fitting.filter((offer) => offer.total.currency === best.total.currency);
  return least(comparable, (offer) => offer.total.amountMinor);
}

/** The first of the least: ties go to the better ranked. */
function least<T>(items: readonly T[], measure: (item: T) => number): T | undefined {
  let found: T | undefined;
  for (const item of items) if (found === undefined || measure(item) < measure(found)) found = item;
  return found;
}

/** The way into the line: as wanted, else the first that the offer takes without a courier's appointment. */
export function handoverFor(
  offer: Pick<LineOffer, 'handoverChoices'>,
  wanted: HandoverKind | undefined,
): HandoverKind {
  if (wanted !== undefined) return wanted;
  const order: readonly HandoverKind[] = ['drop_off', 'self_post', 'door_pickup'];
  return order.find((kind) => offer.handoverChoices.includes(kind)) ?? 'drop_off';
}
