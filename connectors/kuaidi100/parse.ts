import { defineConnector, errorNames, type Part, type ReadingDraft, readStamp } from '../reading/index.ts';
import { KUAIDI100_CODES } from './codes.ts';

export const kuaidi100 = defineConnector({
  code: 'kuaidi100',
  title: 'Kuaidi100 (快递100)',
  codes: KUAIDI100_CODES,
  // The aggregator repeats the times of Chinese carriers.
  assumedZone: 'Asia/Shanghai',
  formField: 'param',
  formats: [
    { name: 'Query', kind: 'json', reads: readQuery },
    { name: 'Push', kind: 'json', reads: readPush },
  ],
});

/** Source: Kuaidi100 query documentation: returnCode. */
const errorName = errorNames({
  '408': 'number_invalid',
  '500': 'number_unknown',
  '501': 'carrier_unavailable',
  '502': 'carrier_unavailable',
  '503': 'not_authorised',
  '600': 'not_authorised',
  '601': 'not_authorised',
});

function readQuery(root: Part, draft: ReadingDraft): boolean {
  if (root.text('result') === 'false') {
    const code = root.text('returnCode');
    draft.error(errorName(code), root.text('message'), { code, number: root.text('nu') });
    return true;
  }
  // Without a result there is another status than 200 and no number, in the numbers of returnCode.
  const status = root.text('status');
  if (root.text('nu') === undefined && root.part('data').exists && /^\d{3}$/.test(status ?? '')) {
    draft.error(errorName(status), root.text('message'), { code: status });
    return true;
  }
  return readResult(root, draft);
}

function readPush(root: Part, draft: ReadingDraft): boolean {
  const [last, abroad] = [root.part('lastResult'), root.part('destResult')];
  const hasLast = last.exists && readResult(last, draft);
  // The carrier of the destination keeps the clock of its own country.
  const hasAbroad = abroad.exists && readResult(abroad, draft, true);
  if (root.text('status') !== 'abort') return hasLast || hasAbroad;
  draft.error('number_unknown', root.text('message'), { code: 'abort', number: last.text('nu') });
  return true;
}

function readResult(result: Part, draft: ReadingDraft, isElsewhere = false): boolean {
  const number = result.text('nu');
  if (number === undefined) return false;
  const parcel = draft.parcel(result, { number, stateCode: result.text('state') });
  for (const event of result.list('data')) {
    const writtenTime = event.text('ftime') ?? event.text('time');
    parcel.scan(event, {
      code: event.text('statusCode'),
      text: event.text('context'),
      stamp: readStamp(writtenTime),
      writtenTime,
      isElsewhere,
      place: { city: event.text('areaName') ?? event.text('location') },
    });
  }
  return true;
}
