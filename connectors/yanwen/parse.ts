import {
  defineConnector,
  httpErrorName,
  type Part,
  type ReadingDraft,
  readOffset,
  readStamp,
} from '../reading/index.ts';
import { YANWEN_CODES } from './codes.ts';

export const yanwen = defineConnector({
  code: 'yanwen',
  title: 'Yanwen (燕文)',
  codes: YANWEN_CODES,
  formats: [{ name: 'Tracking API', kind: 'json', reads: readTracking }],
});

function readTracking(root: Part, draft: ReadingDraft): boolean {
  const code = root.text('code');
  if (code === undefined) return false;
  if (code !== '0') {
    draft.error(httpErrorName(code, 'carrier_refused'), root.text('message'), { code });
    return true;
  }
  for (const item of root.list('result')) {
    const number = item.text('tracking_number') ?? item.text('waybill_number');
    const state = item.text('tracking_status');
    if (state === 'NOTFOUND' && item.list('checkpoints').length === 0) {
      draft.error('number_unknown', 'Yanwen does not know the number.', {
        code: state,
        number,
        pointer: item.pointer,
      });
      continue;
    }
    const parcel = draft.parcel(item, {
      number,
      otherNumbers: [item.text('waybill_number'), item.text('exchange_number')],
      stateCode: state,
    });
    for (const checkpoint of item.list('checkpoints')) {
      const writtenTime = checkpoint.text('time_stamp');
      const stamp = readStamp(writtenTime);
      const zone = readOffset(checkpoint.text('time_zone'));
      parcel.scan(checkpoint, {
        code: checkpoint.text('tracking_status'),
        text: checkpoint.text('message'),
        stamp: stamp && { ...stamp, ...(zone === undefined ? {} : { zone }) },
        writtenTime,
        place: { city: checkpoint.text('location') },
      });
    }
  }
  return true;
}
