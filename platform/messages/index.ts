export { emlOf } from './eml.ts';
export { openMessageFolder } from './folder.ts';
export type { EmailMessage, EmailPort, SmsMessage, SmsPort } from './message.ts';
