import {
  agreedStamp,
  defineConnector,
  errorNames,
  type Part,
  type ReadingDraft,
  readEpochMs,
  readOffset,
  readStamp,
} from '../reading/index.ts';
import { CAINIAO_CODES } from './codes.ts';

export const cainiao = defineConnector({
  code: 'cainiao',
  title: 'Cainiao (菜鸟)',
  codes: CAINIAO_CODES,
  formats: [{ name: 'Global tracking', kind: 'json', reads: readModules }],
});

/** Source: Cainiao global tracking, errorCode and status; its gateway, ret. */
const errorName = errorNames({
  ORDER_NOT_EXISTS: 'number_unknown',
  NOT_FOUND: 'number_unknown',
  INVALID_MAIL_NO: 'number_invalid',
  FAIL_SYS_ILLEGAL_ACCESS: 'not_authorised',
  FAIL_SYS_TRAFFIC_LIMIT: 'rate_limited',
});

function readModules(root: Part, draft: ReadingDraft): boolean {
  if (root.text('success') === 'false') {
    const code = root.text('errorCode');
    draft.error(errorName(code), root.text('errorMessage') ?? root.text('errorMsg'), { code });
    return true;
  }
  if (!root.part('module').exists) return readGateway(root, draft);
  for (const item of root.list('module')) {
    const number = item.text('mailNo');
    const state = item.text('status');
    if (state === 'ORDER_NOT_EXISTS') {
      draft.error('number_unknown', item.text('statusDesc'), { code: state, number, pointer: item.pointer });
      continue;
    }
    const parcel = draft.parcel(item, {
      number,
      otherNumbers: [item.text('copyRealMailNo')],
      stateCode: state,
      stateText: item.text('statusDesc'),
      estimatedFrom: readEpochMs(item.text('globalEtaInfo', 'deliveryMinTime')),
      estimatedTo: readEpochMs(item.text('globalEtaInfo', 'deliveryMaxTime')),
    });
    for (const event of item.list('detailList')) {
      const writtenTime = event.text('timeStr');
      const stamp = readStamp(writtenTime);
      const zone = readOffset(event.text('timeZone'));
      parcel.scan(event, {
        code: event.text('actionCode'),
        text: event.text('standerdDesc') ?? event.text('desc'),
        // The epoch beside it contradicts the stated zone in some answers: then the zone is not known.
        stamp: agreedStamp(
          stamp && { ...stamp, ...(zone === undefined ? {} : { zone }) },
          readEpochMs(event.text('time')),
        ),
        writtenTime,
      });
    }
  }
  return true;
}

/** The gateway refuses as `{"ret": ["FAIL_SYS_TRAFFIC_LIMIT::words"]}`. */
function readGateway(root: Part, draft: ReadingDraft): boolean {
  const refusals = root.list('ret').filter((one) => one.text()?.startsWith('FAIL_'));
  for (const refusal of refusals) {
    const [code, words] = refusal.text()?.split('::') ?? [];
    draft.error(errorName(code), words, { code, pointer: refusal.pointer });
  }
  return refusals.length > 0;
}
