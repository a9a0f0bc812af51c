import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'localizadorEnvios';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'day before month, a counter that keeps it, an unknown code',
    payload: JSON.stringify([
      {
        codEnvio: 'PQ1234567890ES',
        fec_entregasum: '12/03/2026',
        error: { codError: '0', desError: '' },
        eventos: [
          {
            fecEvento: '10/03/2026',
            horEvento: '18:05:00',
            codEvento: 'L010000V',
            desTextoResumen: 'En oficina',
            unidad: 'Sevilla 1',
          },
          { fecEvento: '09/03/2026', horEvento: '', codEvento: 'Z999999V', desTextoResumen: 'Nuevo' },
        ],
      },
    ]),
    reads: {
      PQ1234567890ES: [
        '2026-03-10T18:05:00 assumed Europe/Madrid L010000V at_point/available_for_pickup.outlet @ Sevilla 1',
        '2026-03-09T00:00:00 (day) assumed Europe/Madrid Z999999V unmapped @ -',
      ],
    },
  },
  {
    format: FORMAT,
    about: 'a number without traces beside one that has no news',
    payload: JSON.stringify([
      { codEnvio: 'PQ1234567891ES', eventos: null, error: { codError: '3', desError: 'Sin trazabilidad' } },
      { codEnvio: 'PQ1234567892ES', eventos: [] },
    ]),
    reads: { PQ1234567892ES: [] },
    errors: ['number_unknown 3 PQ1234567891ES'],
  },
];
