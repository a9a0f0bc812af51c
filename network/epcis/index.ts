export { epcisJobs } from './capture.ts';
export { EpcisQuery, EpcisQueryDocument } from './contract.ts';
export { faultsOfText, hashesOfText } from './document.ts';
export { EPCIS_ERRORS, EPCIS_PROBLEM_TYPES } from './errors.ts';
export { EPCIS_EVENTS, EpcisEventsCaptured } from './events.ts';
export type { StoredEvent } from './model.ts';
export { momentOf } from './moment.policy.ts';
export {
  type EventFilter,
  findPaging,
  isPaging,
  type QueryRefusal,
  type QueryValues,
  type RawQuery,
  readEventQuery,
  valuesOfAddress,
} from './query.policy.ts';
export { answerQuery, QUERY_REFUSALS } from './query.ts';
export { eventAnswer, queryDocument, SIMPLE_EVENT_QUERY } from './query-document.policy.ts';
export type { CapturePlace } from './query-store.ts';
export { epcisRelations, epcisRoutes, GS1_HEADERS, linkTo } from './routes.ts';
export { placeBefore, readCaptured } from './standing.ts';
export { scheduleTerms as scheduleEpcisTerms } from './terms.ts';
