import type { Sample } from '../reading/sample.fixture.ts';
import type { Mapping } from './mapping.ts';

export const JSON_MAPPING: Mapping = {
  carrier: 'mapped',
  format: 'json',
  source: 'the carrier’s description of its tracking answer, of our own making',
  parcels: 'data/items',
  scans: 'history',
  fields: {
    number: '/awb',
    code: 'status/id',
    text: 'status/name',
    time: 'when',
    offset: 'tz',
    city: 'town',
    country: 'iso',
    estimate: '/eta',
  },
  codes: { '10': 'picked_up', '90': 'delivered/delivered.signed' },
  errors: { at: 'faults', code: 'no', message: 'say', names: { '7': 'number_unknown' } },
};

const FORMAT = 'Mapped JSON of mapped';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'one parcel with a history, one without news, and a refusal of a third',
    payload: JSON.stringify({
      data: {
        items: [
          {
            awb: 'M0000000001',
            eta: '2026-09-04',
            history: [
              {
                status: { id: 90, name: 'Handed over' },
                when: '2026-09-03 10:00',
                tz: '+2',
                town: 'Graz',
                iso: 'AT',
              },
              { status: { id: 10, name: 'Taken' }, when: '2026-09-01 10:00', town: 'Graz', iso: 'AT' },
              { status: { id: 55, name: 'Between' }, when: '2026-09-02 10:00', town: 'Somewhere' },
            ],
          },
          { awb: 'M0000000002', history: [] },
        ],
      },
      faults: [{ no: 7, say: 'M0000000003 is not known' }],
    }),
    reads: {
      M0000000001: [
        '2026-09-03T10:00:00 stated +02:00 90 delivered/delivered.signed @ Graz',
        '2026-09-01T10:00:00 resolved_from_place Europe/Vienna 10 picked_up @ Graz',
        '2026-09-02T10:00:00 unknown 55 unmapped @ Somewhere',
      ],
      M0000000002: [],
    },
    errors: ['number_unknown 7 -'],
  },
];
