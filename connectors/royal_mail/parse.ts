import {
  defineConnector,
  errorNames,
  httpErrorName,
  instantOf,
  type Part,
  type ReadingDraft,
  readDate,
  readDateAndTime,
  readStamp,
} from '../reading/index.ts';
import { ROYAL_MAIL_CODES } from './codes.ts';

export const royalMail = defineConnector({
  code: 'royal_mail',
  title: 'Royal Mail',
  codes: ROYAL_MAIL_CODES,
  formats: [{ name: 'Tracking API v2', kind: 'json', reads: readTracking }],
});

/** Source: Royal Mail Tracking API v2, error codes. */
const errorName = errorNames({
  // "A mail item with that barcode cannot be located"
  E1142: 'number_unknown',
  E1144: 'number_invalid',
  E1308: 'number_unknown',
  E1283: 'number_unknown',
  E1284: 'number_unknown',
  E0000: 'carrier_unavailable',
});

function readTracking(root: Part, draft: ReadingDraft): boolean {
  const errors = root.list('errors');
  const status = root.text('httpCode');
  for (const error of errors) sayError(error, undefined, draft, status);
  if (status !== undefined && errors.length === 0)
    draft.error(httpErrorName(status), root.text('moreInformation') ?? root.text('httpMessage'), {
      code: status,
    });
  const pieces = root.list('mailPieces');
  for (const piece of pieces) readPiece(piece, draft);
  return errors.length > 0 || status !== undefined || root.part('mailPieces').exists;
}

/** Codes of the gateway have no list: the HTTP status beside them names those. */
function sayError(error: Part, number: string | undefined, draft: ReadingDraft, status?: string): void {
  const code = error.text('errorCode');
  const name = errorName(code);
  draft.error(
    name === 'carrier_refused' ? httpErrorName(status, name) : name,
    error.text('errorDescription'),
    { code, number, pointer: error.pointer },
  );
}

/** A clock with its offset, `08:00:00+01:00`, on the day that stands beside it. */
function windowEnd(estimate: Part, name: string): string | undefined {
  return instantOf(readDateAndTime(estimate.text('date'), estimate.text(name)));
}

function readPiece(piece: Part, draft: ReadingDraft): void {
  const number = piece.text('mailPieceId');
  const error = piece.part('error');
  // An error without a word comes beside good pieces.
  if (error.text('errorCode') ?? error.text('errorDescription')) {
    sayError(error, number, draft, piece.text('status'));
    return;
  }
  const estimate = piece.part('estimatedDelivery');
  const parcel = draft.parcel(piece, {
    number,
    otherNumbers: [piece.text('summary', 'oneDBarcode'), piece.text('summary', 'uniqueItemId')],
    stateCode: piece.text('summary', 'statusCategory'),
    stateText: piece.text('summary', 'statusDescription'),
    estimatedDate: readDate(estimate.text('date')),
    estimatedFrom: windowEnd(estimate, 'startOfEstimatedWindow'),
    estimatedTo: windowEnd(estimate, 'endOfEstimatedWindow'),
  });
  const events = piece.list('events');
  // The summary of several pieces has the latest event alone.
  if (events.length === 0 && piece.text('summary', 'lastEventCode') !== undefined)
    scanEvent(
      piece.part('summary'),
      'lastEventCode',
      'lastEventName',
      'lastEventDateTime',
      'lastEventLocationName',
    );
  for (const event of events) scanEvent(event, 'eventCode', 'eventName', 'eventDateTime', 'locationName');

  function scanEvent(event: Part, code: string, name: string, time: string, place: string): void {
    parcel.scan(event, {
      code: event.text(code),
      text: event.text(name),
      stamp: readStamp(event.text(time)),
      writtenTime: event.text(time),
      place: { facility: event.text(place) },
    });
  }
}
