import type { PullClient } from '../../network/polling/connector-contract.ts';
import { field, getJson, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const laPosteClient: PullClient = {
  connector: 'la_poste',
  source: 'La Poste, API Suivi v2: GET /suivi/v2/idships/{id,...} (10 numbers), header X-Okapi-Key',
  baseUrl: 'https://api.laposte.fr',
  fields: [{ name: 'okapi_key', about: 'X-Okapi-Key of the application' }],
  batchSize: 10,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['la_poste'],
  request: (numbers, { fields }) =>
    getJson(`/suivi/v2/idships/${numbers.map(({ number }) => segment(number)).join(',')}?lang=fr_FR`, {
      'X-Okapi-Key': field(fields, 'okapi_key'),
    }),
};
