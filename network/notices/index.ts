export { type Deliverer, type DelivererPorts, startDeliverer } from './deliverer.ts';
export { countDeliveries, type DeliveryCounts } from './delivery-store.ts';
export {
  closeDocumentEndpoint,
  countDocumentEndpoints,
  countWaitingDocuments,
  type DocumentEndpoint,
  type DocumentPorts,
  findDocumentEndpoint,
  openDocumentEndpoint,
  sendDocuments,
} from './documents.ts';
export { countEndpointStates } from './endpoint-store.ts';
export { NOTICE_EVENTS } from './events.ts';
export { NOTICE_ERRORS, type WebhookEndpointId } from './model.ts';
export { createNotices, type NoticesOptions } from './notices.ts';
