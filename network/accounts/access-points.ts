import { type AccessRow, NETWORK_READ, PUBLIC } from './access-roles.ts';

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
} as const satisfies Record<string, AccessRow>;
