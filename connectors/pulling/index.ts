export { perDay, perHour, perMinute, perSecond, UNSTATED, UNSTATED_RATE } from './rates.ts';
export {
  compared,
  formField,
  formOf,
  JSON_OK,
  REPLAY_WINDOW_MS,
  relayReceiver,
} from './receiving.ts';
export {
  basic,
  bearer,
  CLIENT_CREDENTIAL_FIELDS,
  clientCredentials,
  field,
  formText,
  getJson,
  jsonObject,
  postForm,
  postJson,
  postXml,
  segment,
  xmlText,
} from './request.ts';
export { base64, hmacSha256Base64, isSame, md5Base64, md5Hex } from './signing.ts';
