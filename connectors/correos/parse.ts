import {
  defineConnector,
  errorNames,
  type Part,
  type ReadingDraft,
  readDate,
  readDateAndTime,
} from '../reading/index.ts';
import { CORREOS_CODES } from './codes.ts';

export const correos = defineConnector({
  code: 'correos',
  title: 'Correos',
  codes: CORREOS_CODES,
  // Units are named without a place. The Canary Islands are an hour behind, so this is no certainty.
  assumedZone: 'Europe/Madrid',
  formats: [{ name: 'localizadorEnvios', kind: 'json', reads: readItems }],
});

/** Correos documents its dates as dd/mm/yyyy. */
const ORDER = 'day_first';

/** Source: Correos, localizadorEnvios: codError. */
const errorName = errorNames({ '1': 'number_invalid', '2': 'number_unknown', '3': 'number_unknown' });

function readItems(root: Part, draft: ReadingDraft): boolean {
  const items = root.list().filter((item) => item.text('codEnvio') !== undefined);
  for (const item of items) {
    const number = item.text('codEnvio');
    const code = item.text('error', 'codError');
    const events = item.list('eventos');
    if (code !== undefined && code !== '0')
      draft.error(errorName(code), item.text('error', 'desError'), {
        code,
        number,
        pointer: item.part('error').pointer,
      });
    if (events.length > 0 || code === undefined || code === '0') readItem(item, number, events, draft);
  }
  return items.length > 0;
}

function readItem(
  item: Part,
  number: string | undefined,
  events: readonly Part[],
  draft: ReadingDraft,
): void {
  const parcel = draft.parcel(item, { number, estimatedDate: readDate(item.text('fec_entregasum'), ORDER) });
  for (const event of events) {
    const [date, time] = [event.text('fecEvento'), event.text('horEvento')];
    parcel.scan(event, {
      code: event.text('codEvento'),
      text: event.text('desTextoResumen') ?? event.text('desTextoAmpliado'),
      stamp: readDateAndTime(date, time, undefined, ORDER),
      writtenTime: date && [date, time].join(' ').trim(),
      place: { facility: event.text('unidad') },
    });
  }
}
