export { epcisJobs } from './capture.ts';
export { EpcisQuery, EpcisQueryDocument } from './contract.ts';
export { faultsOfText, hashesOfText } from './document.ts';
export { EPCIS_ERRORS, EPCIS_PROBLEM_TYPES } from './errors.ts';
export { type Namespaces, namespacesIn } from './event-hash.policy.ts';
export { EPCIS_EVENTS, EpcisEventsCaptured } from './events.ts';
export { EXTENSIONS, epcisDiscovery, extensionHeaders, GS1_HEADERS } from './headers.ts';
export type { StoredEvent } from './model.ts';
export { momentOf } from './moment.policy.ts';
export { namespacesOfHeader } from './namespaces.policy.ts';
export { negotiated } from './negotiation.ts';
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
export { epcisRelations, epcisRoutes, linkTo } from './routes.ts';
export { placeBefore, readCaptured } from './standing.ts';
export { scheduleTerms as scheduleEpcisTerms } from './terms.ts';
