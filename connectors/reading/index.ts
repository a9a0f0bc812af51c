export { type CodeGroup, type CodeRow, type CodeTable, codeTable } from './codes.ts';
export { type Connector, defineConnector, type WireFormat } from './connector.ts';
export { countryOfCode, countryOfName } from './country.ts';
export type { ParcelDraft, ReadingDraft } from './draft.ts';
export { errorNames, httpErrorName } from './http-status.ts';
export { type Part, partOf } from './part.ts';
export { embeddedJson, MAX_DEPTH, MAX_PAYLOAD_BYTES } from './payload.ts';
export type { PlaceParts } from './place.ts';
export { readSoapFault, soapBody } from './soap.ts';
export {
  agreedStamp,
  type DateOrder,
  instantOf,
  offsetBetween,
  readDate,
  readDateAndTime,
  readEpochMs,
  readOffset,
  readStamp,
  type Stamp,
  stampAt,
} from './stamp.ts';
export { readWeight } from './weight.ts';
