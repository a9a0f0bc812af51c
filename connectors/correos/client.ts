import type { PullClient } from '../../network/polling/connector-contract.ts';
import { basic, field, getJson, segment, UNSTATED, UNSTATED_RATE } from '../pulling/index.ts';

export const correosClient: PullClient = {
  connector: 'correos',
  source:
    'Correos, localizadorEnvios: GET /canonico/eventos_envio_servicio_auth/{code}; Basic authentication',
  baseUrl: 'https://localizador.correos.es',
  fields: [
    { name: 'username', about: 'user of the contract' },
    { name: 'password', about: 'its password' },
  ],
  batchSize: 1,
  rate: UNSTATED_RATE,
  rateSource: UNSTATED,
  carriers: ['correos'],
  request: ([asked], { fields }) =>
    getJson(
      `/canonico/eventos_envio_servicio_auth/${segment(asked?.number ?? '')}?codIdioma=ES&indUltEvento=N`,
      basic(field(fields, 'username'), field(fields, 'password')),
    ),
};
