import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { takesOrders } from '../carriers/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { LineCatalogue, LineHistory } from '../lines/index.ts';
import type { LineOffer } from '../offers/index.ts';

/**
 * An offer holds for half an hour, unless its carrier may not take orders any more or its line has another version by
 * now: the freight is charged by the version of the purchase, so that what was quoted is what is held and charged.
 * Answers the lines that it was judged by.
 */
export async function checkStillSold(
  { db, now }: { readonly db: Queryable; readonly now: Instant },
  world: World,
  lines: LineCatalogue,
  offer: LineOffer,
): Promise<Outcome<LineHistory, 'carrier_not_ready' | 'offer_expired'>> {
  const [isReady, history] = await Promise.all([
    takesOrders(db, offer.carrierCode, now),
    lines.history(db, { world }),
  ]);
  if (!isReady) return refused('carrier_not_ready', `${offer.carrierCode} takes no orders now.`);
  const line = history.find(offer.lineCode, now);
  // Offers from before lines had versions name none.
  if (line === undefined || (offer.lineVersion !== undefined && offer.lineVersion !== line.version))
    return refused('offer_expired', `The line ${offer.lineCode} has changed since; ask for offers again.`);
  return accepted(history);
}
