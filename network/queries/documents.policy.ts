import { eventAnswer, type StoredEvent } from '../epcis/index.ts';

/** Events of one document, and about so many bytes of them; a single event may be larger. Our defaults. */
export const MAX_EVENTS = 100;
const MAX_BYTES = 1024 * 1024;

/** Events in their order, in as many documents as they need. */
export function inDocuments(events: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] {
  const documents: StoredEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(eventAnswer(event)));
    const open = documents.at(-1);
    if (open === undefined || open.length === MAX_EVENTS || bytes + size > MAX_BYTES) {
      documents.push([event]);
      bytes = size;
    } else {
      open.push(event);
      bytes += size;
    }
  }
  return documents;
}
