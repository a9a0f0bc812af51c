import type { Route } from '../../platform/http/index.ts';
import type { BlockIndex } from '../points/index.ts';
import { capacityRoutes } from './capacity-routes.ts';
import { decisionRoutes } from './decision-routes.ts';
import { reservationRoutes } from './routes.ts';
import type { CandidatesOf } from './weigh.ts';

export { ALLOCATION_EVENTS, DemandUnserved } from './events.ts';
export {
  extendReservation,
  type IntakeResult,
  occupyShelf,
  recordIntake,
  releaseReservation,
  useReservation,
  vacateShelf,
} from './facts.ts';
export {
  ALLOCATION_ERRORS,
  type Choice,
  type Demand,
  type Excluded,
  type ExclusionReason,
  type Option,
  type Reservation,
  type ReservationId,
  type ReserveErrorCode,
} from './model.ts';
export { readOccupancy } from './occupancy.ts';
export { allocationJobs, allocationReactions, scheduleAllocationJobs } from './reactions.ts';
export { allocationRelations } from './relations.ts';
export { findReservation } from './reservation-store.ts';
export { listOptions, recordUnserved, reserve } from './reserve.ts';
export { DEFAULT_POINT_ALLOCATION } from './rulebook.ts';
export { POINT_ALLOCATION_KIND } from './rulebook-kind.ts';
export type { CandidatesOf, PointCandidates } from './weigh.ts';

export function allocationRoutes(candidates: CandidatesOf, blocks: BlockIndex): readonly Route[] {
  return [...reservationRoutes(candidates, blocks), ...capacityRoutes(), ...decisionRoutes()];
}
