import type { components, paths } from '@postroad/sdk';
import { api, isProblem } from '../ground/api.ts';
import type { World } from './address.ts';

type Schemas = components['schemas'];
export type Mailing = Schemas['Mailing'];
export type Quote = Schemas['MailingQuote'];
export type Offer = Quote['offers'][number];
export type Options = Schemas['MailingOptions'];
export type PointOption = Options['points'][number];
export type DoorOption = Options['doors'][number];
type Body<Path extends '/quotes' | '/mailings'> =
  paths[`/v1/mailing-portal${Path}`]['post']['requestBody']['content']['application/json'];
export type Asked = Body<'/quotes'>['quote'];
export type Order = Body<'/mailings'>['order'];

export const quote = (world: World, asked: Asked): Promise<Quote> =>
  api.post('/v1/mailing-portal/quotes', { body: { world, quote: asked } });

/** Counters near the sender, and windows in which couriers of the line's carrier come to his door. */
export const optionsFor = (
  world: World,
  { from, weight_grams, goods_class }: Asked,
  carrier_code: string,
): Promise<Options> =>
  api.post('/v1/mailing-portal/options', {
    body: {
      world,
      where: { from, weight_grams, carrier_code, ...(goods_class === undefined ? {} : { goods_class }) },
    },
  });

/** Orders and answers the token that opens the mailing. */
export async function order(world: World, wanted: Order): Promise<string> {
  return (await api.post('/v1/mailing-portal/mailings', { body: { world, order: wanted } })).token;
}

export const readMailing = (token: string): Promise<Mailing> =>
  api.post('/v1/mailing-portal/mailing', { body: { token } });

export const cancelMailing = (token: string): Promise<Mailing> =>
  api.post('/v1/mailing-portal/cancellation', { body: { token } });

export const isGone = (error: unknown): boolean => isProblem(error, 'mailing_not_found');
