/**
 * The rooms of network/, lowest first: a module imports only those before it. The one place that says so;
 * dependency-cruiser and the tests read it from here. When the order turns out wrong, change it here and say why.
 */
export const MODULE_ORDER: readonly string[] = [
  'kernel',
  'accounts',
  'rulebooks',
  'vault',
  'places',
  'ledger',
  // Pure, and light to load for a command line that only reads numbers; the registry takes its formats from it.
  'numbers',
  'carriers',
  'tracking',
  // Brings what carriers say on request or by themselves to tracking; asks it which numbers are still under way.
  'polling',
  'epcis',
  'labels',
  'waybills',
  'lines',
  'programmes',
  'offers',
  'shipments',
  'orders',
  // Shipments that merchants made elsewhere, of orders that are here.
  'external',
  'pickups',
  'handovers',
  'deliveries',
  // Judges what `external` declares; its proofs are pictures as deliveries know them.
  'authenticity',
  // Counters where people bring and fetch parcels: outlets of posts, shops, stations and lockers.
  'points',
  // Keeps all points in memory and finds them by place and word.
  'locator',
  // Sends demand to points: what they take, places held, reasons kept.
  'allocation',
  // Where points are missing.
  'coverage',
  // What waits at points for its recipients.
  'shelves',
  // Needs the counters and their places; decides what merchants owe buyers for what comes back.
  'returns',
  // Parcels that persons send, from the counter on.
  'mailings',
  // What point networks earn and owe of it: above every room of whose work it hears.
  'commissions',
  // Goods that counters were paid for, owed on to who announced them; by the weeks that commissions have.
  'remittances',
  'notices',
  // Has what it finds in `epcis` sent by `notices`.
  'queries',
  'audit',
  'operations',
];
