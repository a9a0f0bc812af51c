export { type Deliverer, type DelivererPorts, startDeliverer } from './deliverer.ts';
export { NOTICE_EVENTS } from './events.ts';
export { NOTICE_ERRORS } from './model.ts';
export { createNotices, type NoticesOptions } from './notices.ts';
