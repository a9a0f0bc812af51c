import { defineConnector, type Part, type ReadingDraft, readOffset, readStamp } from '../reading/index.ts';
import { FOUR_PX_CODES } from './codes.ts';

export const fourPx = defineConnector({
  code: '4px',
  title: '4PX (递四方)',
  codes: FOUR_PX_CODES,
  formats: [
    { name: 'Tracking page', kind: 'json', reads: readTracks },
    { name: 'Open platform (tr.order.tracking.get)', kind: 'json', reads: readOpenPlatform },
  ],
});

function readTracks(root: Part, draft: ReadingDraft): boolean {
  const items = root.list('data').filter((item) => item.text('queryCode') !== undefined);
  for (const item of items) {
    const parcel = draft.parcel(item, {
      number: item.text('queryCode'),
      otherNumbers: [item.text('serverCode'), item.text('shipperCode')],
    });
    for (const track of item.list('tracks')) {
      // The instant with its offset counts; the text beside it is one moment repeated in some answers.
      const writtenTime = track.text('tkDate');
      const stamp = readStamp(writtenTime);
      const zone = readOffset(track.text('tkTimezone'));
      parcel.scan(track, {
        code: track.text('tkCode'),
        text: track.text('tkDesc') ?? track.text('tkTranslatedDesc'),
        stamp: stamp && { ...(zone === undefined ? {} : { zone }), ...stamp },
        writtenTime,
        place: { city: track.text('tkLocation') },
      });
    }
  }
  return items.length > 0;
}

function readOpenPlatform(root: Part, draft: ReadingDraft): boolean {
  const result = root.text('result');
  if (result === undefined) return false;
  if (result !== '1') {
    const errors = root.list('errors');
    for (const error of errors)
      draft.error('carrier_refused', error.text('errorMsg') ?? error.text('error_msg'), {
        code: error.text('errorCode') ?? error.text('error_code'),
        pointer: error.pointer,
      });
    if (errors.length === 0)
      draft.error('carrier_refused', root.text('msg') ?? root.text('message'), { code: result });
    return true;
  }
  for (const item of root.list('data')) {
    const parcel = draft.parcel(item, { number: item.text('deliveryOrderNo') });
    for (const track of item.list('trackingList')) {
      const writtenTime = track.text('occurDatetime');
      const stamp = readStamp(writtenTime);
      const zone = readOffset(track.text('timeZone'));
      parcel.scan(track, {
        code: track.text('businessLinkCode'),
        text: track.text('trackingContent'),
        stamp: stamp && { ...stamp, ...(zone === undefined ? {} : { zone }) },
        writtenTime,
        // The destination that stands beside it is the parcel's, not the place of this scan.
        place: { city: track.text('occurLocation') },
      });
    }
  }
  return true;
}
