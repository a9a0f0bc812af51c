import {
  defineConnector,
  embeddedJson,
  errorNames,
  type ParcelDraft,
  type Part,
  partOf,
  type ReadingDraft,
  readStamp,
} from '../reading/index.ts';
import { SF_EXPRESS_CODES } from './codes.ts';

export const sfExpress = defineConnector({
  code: 'sf_express',
  title: 'SF Express (顺丰)',
  codes: SF_EXPRESS_CODES,
  // Abroad the same field holds the time of the place, so this is no certainty.
  assumedZone: 'Asia/Shanghai',
  formats: [
    { name: 'Route query (EXP_RECE_SEARCH_ROUTES)', kind: 'json', reads: readRoutes },
    { name: 'Route push', kind: 'json', reads: readPush },
  ],
});

/** Source: SF Express open platform, result codes of the gateway (A) and of the service. */
const errorName = errorNames({
  A1001: 'carrier_refused',
  A1004: 'not_authorised',
  A1006: 'not_authorised',
  A1011: 'rate_limited',
  A1099: 'carrier_unavailable',
  '8018': 'number_unknown',
  '20036': 'number_unknown',
});

/** The gateway wraps the answer of the service as text. */
function readRoutes(root: Part, draft: ReadingDraft): boolean {
  const gatewayCode = root.text('apiResultCode');
  if (gatewayCode !== undefined && gatewayCode !== 'A1000') {
    draft.error(errorName(gatewayCode), root.text('apiErrorMsg'), { code: gatewayCode });
    return true;
  }
  const wrapped = root.text('apiResultData');
  const inside = root.part('apiResultData');
  if (wrapped === undefined) return readAnswer(inside.isFilled ? inside : root, draft);
  return readAnswer(partOf(embeddedJson(wrapped), inside.pointer), draft);
}

function readAnswer(answer: Part, draft: ReadingDraft): boolean {
  if (answer.text('success') === 'false') {
    const code = answer.text('errorCode');
    draft.error(errorName(code), answer.text('errorMsg'), { code });
    return true;
  }
  const responses = answer.list('msgData', 'routeResps');
  for (const response of responses) {
    const parcel = draft.parcel(response, { number: response.text('mailNo') });
    for (const route of response.list('routes')) scanRoute(parcel, route);
  }
  // Without anything to tell the list is null.
  return responses.length > 0 || answer.part('msgData').isFilled;
}

/** A push holds routes of several parcels side by side. */
function readPush(root: Part, draft: ReadingDraft): boolean {
  const routes = root.list('Body', 'WaybillRoute');
  const parcels = new Map<string, ParcelDraft>();
  for (const route of routes) {
    const number = route.text('mailno') ?? '';
    const parcel = parcels.get(number) ?? draft.parcel(route, { number });
    parcels.set(number, parcel);
    scanRoute(parcel, route);
  }
  return routes.length > 0;
}

function scanRoute(parcel: ParcelDraft, route: Part): void {
  const writtenTime = route.text('acceptTime');
  parcel.scan(route, {
    code: route.text('opCode'),
    text: route.text('remark'),
    stamp: readStamp(writtenTime),
    writtenTime,
    place: { city: route.text('acceptAddress') },
  });
}
