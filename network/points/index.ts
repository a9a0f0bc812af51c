export { type BlockIndex, type BlockKeys, createBlockIndex } from './block-index.ts';
export { countPoints, listPointTexts, pointsOfText } from './bulk-store.ts';
export { publicPointSchema } from './contract.ts';
export { type CounterCodes, clerkOf, counterCodes, guess, type ShownCode } from './counter-code.ts';
export { type CounterVisit, codeStoreOf } from './counter-code-store.ts';
export { codeReadSchema, numberedParcelSchema } from './counter-contract.ts';
export { type Counter, counterDesk, DESK_POINTS, handOf, handOverEach } from './counter-desk.ts';
export { listNamedDocumentBlobs } from './document-store.ts';
export { documentFolder, type PointPorts } from './documents.ts';
export { POINT_EVENTS } from './events.ts';
export { isOpenAt, openHoursOf, takesDemand } from './hours.policy.ts';
export {
  type DayHours,
  type OpeningException,
  type OpeningHours,
  POINT_ERRORS,
  POINT_KINDS,
  POINT_SERVICES,
  POINT_STATES,
  type Point,
  type PointBlock,
  type PointCapacity,
  type PointKind,
  type PointService,
  type PointState,
  type ServiceRange,
  type TestBehaviour,
} from './model.ts';
export { personAddressSchema } from './network-contract.ts';
export { findPointBlock } from './partner-store.ts';
export { servesPlace } from './range.policy.ts';
export { pointJobs } from './reactions.ts';
export { pointRelations, worksAt } from './relations.ts';
export { pointRoutes } from './routes.ts';
export { findPoint, listPoints, listPointsChangedSince, lockPoint } from './store.ts';
export { publicFaceOf } from './views.ts';
