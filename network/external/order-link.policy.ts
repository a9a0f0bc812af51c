import type { ExternalShipment } from './model.ts';

/**
 * What the orders room is told of a declaration, in the words by which an order follows its shipments. A part alone
 * does not ship an order: with the declaration of `all` every part counts.
 */
export function linkStateOf(
  one: Pick<ExternalShipment, 'state' | 'sendType' | 'trackingStatus' | 'isClosed'>,
  isComplete: boolean,
): string {
  if (one.state === 'withdrawn') return 'cancelled';
  if (!isComplete) return 'declared_part';
  if (!one.isClosed) return 'declared';
  switch (one.trackingStatus) {
    case 'delivered':
    case 'returned':
      return one.trackingStatus;
    case 'exception':
      return 'lost';
    default:
      return 'declared';
  }
}

/** Whether everything of the order is on its way, as the merchant says. */
export function isComplete(all: readonly Pick<ExternalShipment, 'state' | 'sendType'>[]): boolean {
  return all.some(({ state, sendType }) => state === 'declared' && sendType === 'all');
}
