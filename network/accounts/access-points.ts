import { type AccessRow, MERCHANT, NETWORK_READ, PUBLIC } from './access-roles.ts';

/** Rows of the access table: counters where people bring and fetch parcels, and what happens there. */
export const POINT_ROWS = {
  // points: a public directory; each network keeps its own outlets, the operator decides about them
  readPoint: PUBLIC,
  readOwnPoint: { ...NETWORK_READ, point_staff: ['own'], point_clerk: ['own'] },
  listPoints: { ...NETWORK_READ, point_staff: ['own'], point_clerk: ['own'] },
  listPointFacts: { ...NETWORK_READ, point_staff: ['own'] },
  applyPoint: { operator: ['own'], point_staff: ['own'] },
  changePoint: { operator: ['any'], point_staff: ['own'] },
  decidePoint: { operator: ['any'] },
  pausePoint: { operator: ['any'], point_staff: ['own'] },
  resumePoint: { point_staff: ['own'] },
  exitPoint: { operator: ['any'], point_staff: ['own'] },
  agreePointContract: { operator: ['any'] },
  readPointContract: { ...NETWORK_READ, point_staff: ['own'] },
  placePointClerk: { point_staff: ['own'] },
  listPointClerks: { point_staff: ['own'] },
  createPointBlock: { point_staff: ['own'] },
  listPointBlocks: { point_staff: ['own'] },
  deletePointBlock: { point_staff: ['own'] },

  // locator: the same directory by place
  searchPoints: PUBLIC,
  clusterPoints: PUBLIC,

  // allocation: what points take, places held for a while, and why a demand went where it went
  listPointOptions: { ...MERCHANT, marketplace_staff: ['own'], operator: ['own'], customer_service: ['own'] },
  reservePoint: { ...MERCHANT, marketplace_staff: ['own'], operator: ['own'], customer_service: ['own'] },
  readPointReservation: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['own'],
    point_staff: ['own'],
    point_clerk: ['own'],
  },
  listPointReservations: {
    ...MERCHANT,
    operator: ['own'],
    customer_service: ['own'],
    marketplace_staff: ['own'],
    point_staff: ['own'],
    point_clerk: ['own'],
  },
  releasePointReservation: {
    ...MERCHANT,
    marketplace_staff: ['own'],
    operator: ['any'],
    customer_service: ['own'],
  },
  publishPointCapacity: { operator: ['any'], point_staff: ['own'] },
  setPointAcceptance: { point_staff: ['own'], point_clerk: ['own'] },
  readPointCapacity: { ...NETWORK_READ, point_staff: ['own'], point_clerk: ['own'] },
  listPointSlots: { ...NETWORK_READ, point_staff: ['own'], point_clerk: ['own'] },
  listPointDecisions: NETWORK_READ,
  replayPointDecisions: { operator: ['any'], risk_inspector: ['any'], auditor: ['any'] },
} as const satisfies Record<string, AccessRow>;
