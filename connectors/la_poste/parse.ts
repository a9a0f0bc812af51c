import { defineConnector, type Part, type ReadingDraft, readDate, readStamp } from '../reading/index.ts';
import { LA_POSTE_CODES } from './codes.ts';

export const laPoste = defineConnector({
  code: 'la_poste',
  title: 'La Poste, Colissimo',
  codes: LA_POSTE_CODES,
  formats: [{ name: 'Suivi v2', kind: 'json', reads: readAnswers }],
});

/** One number is an object, several are a list, each with a return code of its own. */
function readAnswers(root: Part, draft: ReadingDraft): boolean {
  const answers = root.list().filter((answer) => answer.text('returnCode') !== undefined);
  for (const answer of answers) {
    const code = answer.text('returnCode');
    const shipment = answer.part('shipment');
    // 200 one, 207 several of which some are refused
    if (code === '200' || code === '207' || shipment.exists) readShipment(shipment, draft);
    else
      draft.error(errorName(code), answer.text('returnMessage'), {
        code,
        number: answer.text('idShip'),
        pointer: answer.pointer,
      });
  }
  const refusal = root.text('code');
  if (answers.length > 0 || refusal === undefined) return answers.length > 0;
  draft.error(refusal === 'UNAUTHORIZED' ? 'not_authorised' : errorName(refusal), root.text('message'), {
    code: refusal,
  });
  return true;
}

/** Source: La Poste, API Suivi v2: returnCode. */
function errorName(code: string | undefined) {
  if (code === '400') return 'number_invalid';
  if (code === '401' || code === '403') return 'not_authorised';
  if (code === '404') return 'number_unknown';
  if (code === '429') return 'rate_limited';
  return code === '500' || code === '504' ? 'carrier_unavailable' : 'carrier_refused';
}

function readShipment(shipment: Part, draft: ReadingDraft): void {
  if (!shipment.exists) return;
  const parcel = draft.parcel(shipment, {
    number: shipment.text('idShip'),
    estimatedDate: readDate(shipment.text('estimDate')),
  });
  for (const event of shipment.list('event')) {
    const writtenTime = event.text('date');
    parcel.scan(event, {
      code: event.text('code'),
      text: event.text('label'),
      stamp: readStamp(writtenTime),
      writtenTime,
    });
  }
}
