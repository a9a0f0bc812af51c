import { defineConnector, type Part, type ReadingDraft, readDate, readStamp } from '../reading/index.ts';
import { LANDMARK_CODES } from './codes.ts';

export const landmark = defineConnector({
  code: 'landmark',
  title: 'Landmark Global',
  codes: LANDMARK_CODES,
  formats: [{ name: 'Track', kind: 'xml', reads: readTrack }],
});

/** Times are local to places that are named without a country, so their zone stays unknown. */
function readTrack(root: Part, draft: ReadingDraft): boolean {
  const response = root.part('TrackResponse');
  const result = response.part('Result');
  const errors = [...response.list('Errors', 'Error'), ...result.list('Errors', 'Error')];
  for (const error of errors)
    draft.error(errorName(error), error.text('ErrorMessage') ?? error.text(), {
      code: error.text('ErrorCode'),
      pointer: error.pointer,
    });
  if (!result.exists) return errors.length > 0;
  if (/^false$/i.test(result.text('Success') ?? '') && errors.length === 0)
    draft.error('carrier_refused', result.text('ResultMessage'), { pointer: result.pointer });
  for (const item of result.list('Packages', 'Package')) {
    const parcel = draft.parcel(item, {
      number: item.text('LandmarkTrackingNumber') ?? item.text('TrackingNumber'),
      otherNumbers: [item.text('TrackingNumber'), item.text('PackageReference')],
      estimatedDate: readDate(item.text('ExpectedDeliveryDate')),
    });
    for (const event of item.list('Events', 'Event')) {
      const writtenTime = event.text('DateTime');
      parcel.scan(event, {
        code: event.text('EventCode'),
        text: event.text('Status'),
        stamp: readStamp(writtenTime),
        writtenTime,
        place: { facility: event.text('Location') },
      });
    }
  }
  return true;
}

function errorName(error: Part) {
  const words = (error.text('ErrorMessage') ?? '').slice(0, 200);
  if (/not found|no record|could not find/i.test(words)) return 'number_unknown';
  return /invalid (?:username|password|credentials|login)/i.test(words)
    ? 'not_authorised'
    : 'carrier_refused';
}
