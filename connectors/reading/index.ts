export { type CodeGroup, type CodeRow, type CodeTable, codeTable } from './codes.ts';
export {
  type Connector,
  defineConnector,
  type ParcelDraft,
  type ReadingDraft,
  type WireFormat,
} from './connector.ts';
export { countryOfAlpha3 } from './country.ts';
export { errorNames, httpErrorName } from './http-status.ts';
export { type Part, partOf } from './part.ts';
export { embeddedJson, MAX_DEPTH, MAX_PAYLOAD_BYTES } from './payload.ts';
export type { PlaceParts } from './place.ts';
export { readSoapFault, soapBody } from './soap.ts';
export {
  agreedStamp,
  readDate,
  readDateAndTime,
  readEpochMs,
  readOffset,
  readStamp,
  type Stamp,
} from './stamp.ts';
export { readWeight } from './weight.ts';
