import type { ReadingDraft } from './draft.ts';
import type { Part } from './part.ts';

/** Inside of a SOAP envelope, or the document itself where there is none. */
export function soapBody(root: Part): Part {
  const body = root.part('Envelope', 'Body');
  return body.exists ? body : root;
}

/** A SOAP fault (1.1 and 1.2) as an error; answers whether there was one. */
export function readSoapFault(root: Part, draft: ReadingDraft): boolean {
  const fault = root.part('Envelope', 'Body', 'Fault');
  if (!fault.exists) return false;
  draft.error('carrier_refused', fault.text('faultstring') ?? fault.text('Reason', 'Text'), {
    code: fault.text('faultcode') ?? fault.text('Code', 'Value'),
    pointer: fault.pointer,
  });
  return true;
}
