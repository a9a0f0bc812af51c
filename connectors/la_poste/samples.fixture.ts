import type { Sample } from '../reading/sample.fixture.ts';

const FORMAT = 'Suivi v2';

export const SAMPLES: readonly Sample[] = [
  {
    format: FORMAT,
    about: 'several numbers, of which one is not known; handed back to the sender is returned',
    payload: JSON.stringify([
      {
        returnCode: 200,
        shipment: {
          idShip: '6A00000000001',
          estimDate: '2026-01-14T00:00:00+01:00',
          event: [
            { code: 'DI2', label: 'Rendu à l’expéditeur', date: '2026-01-20T11:00:00+01:00' },
            { code: 'AG1', label: 'Au bureau', date: '2026-01-14T15:30:00+01:00' },
            { code: 'XX9', label: 'Nouveau', date: '2026-01-13T08:00:00' },
          ],
        },
      },
      { returnCode: 404, returnMessage: 'Ressource non trouvée', idShip: '6A00000000002' },
    ]),
    reads: {
      '6A00000000001': [
        '2026-01-20T11:00:00 stated +01:00 DI2 returned @ -',
        '2026-01-14T15:30:00 stated +01:00 AG1 at_point/available_for_pickup.outlet @ -',
        '2026-01-13T08:00:00 unknown XX9 unmapped @ -',
      ],
    },
    errors: ['number_unknown 404 6A00000000002'],
  },
  {
    format: FORMAT,
    about: 'a key that is refused',
    payload: JSON.stringify({ code: 'UNAUTHORIZED', message: 'Votre clé est invalide' }),
    reads: {},
    errors: ['not_authorised UNAUTHORIZED -'],
  },
];
