import { codeTable } from '../reading/index.ts';

/** Chronopost has hundreds of codes; only those whose label is known for certain stand here. */
export const CHRONOPOST_CODES = codeTable({
  source: 'Chronopost TrackingServiceWS: event codes, as its own labels read',
  rows: [
    // "Colis en cours de pr\u00e9paration chez l'exp\u00e9diteur"
    ['DC', 'order_created'],
    ['TA', 'out_for_delivery'],
    ['D', 'delivered'],
  ],
});
