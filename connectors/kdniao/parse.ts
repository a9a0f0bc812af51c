import { defineConnector, type Part, type ReadingDraft, readStamp } from '../reading/index.ts';
import { KDNIAO_CODES } from './codes.ts';

export const kdniao = defineConnector({
  code: 'kdniao',
  title: 'KDNiao (快递鸟)',
  codes: KDNIAO_CODES,
  // The aggregator repeats the times of Chinese carriers.
  assumedZone: 'Asia/Shanghai',
  formField: 'RequestData',
  formats: [
    { name: 'Query', kind: 'json', reads: readQuery },
    { name: 'Push', kind: 'json', reads: readPush },
  ],
});

function readQuery(root: Part, draft: ReadingDraft): boolean {
  return root.text('Success') !== undefined && readResult(root, draft);
}

function readPush(root: Part, draft: ReadingDraft): boolean {
  const results = root.list('Data').filter((result) => result.text('LogisticCode') !== undefined);
  for (const result of results) readResult(result, draft);
  return results.length > 0;
}

/** A refusal is told in words: what its codes mean has no public list to give it a closer name. */
function readResult(result: Part, draft: ReadingDraft): boolean {
  const number = result.text('LogisticCode');
  const stateCode = result.text('StateEx') ?? result.text('State');
  if (result.text('Success') === 'false') {
    draft.error('carrier_refused', result.text('Reason'), {
      code: result.text('ResultCode'),
      number,
      pointer: result.pointer,
    });
    return true;
  }
  const parcel = draft.parcel(result, { number, otherNumbers: [result.text('OrderCode')], stateCode });
  for (const trace of result.list('Traces')) {
    const writtenTime = trace.text('AcceptTime');
    parcel.scan(trace, {
      code: trace.text('Action'),
      text: trace.text('AcceptStation'),
      stamp: readStamp(writtenTime),
      writtenTime,
      place: { city: trace.text('Location') },
    });
  }
  return true;
}
