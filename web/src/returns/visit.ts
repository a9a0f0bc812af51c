import type { components, paths } from '@postroad/sdk';
import { api, isProblem } from '../ground/api.ts';

type Schemas = components['schemas'];
export type Order = Schemas['ReturnPortal'];
export type Return = Schemas['Return'];
export type Options = Schemas['ReturnOptions'];
type Body<Path extends '/returns' | '/route' | '/actions'> =
  paths[`/v1/return-portal${Path}`]['post']['requestBody']['content']['application/json'];
export type Application = Body<'/returns'>['application'];
export type Way = Body<'/route'>['route'];
/** The choice of a way back, and whether one is under way. */
export type Choosing = { readonly run: (way: Way) => void; readonly busy: boolean };
export type BuyerAct = Body<'/actions'>['act'];
export type Kind = Return['kind'];
export type World = 'live' | 'test';
export type Position = { readonly latitude: number; readonly longitude: number };

/** What opens an order. */
export type Key = {
  readonly order_number: string;
  readonly world: World;
} & ({ readonly email: string } | { readonly phone_last4: string });
/** An order that is open for a while. */
export type Visit = { readonly token: string; readonly orderNumber: string; readonly world: World };

export type Refused = 'not_found' | 'too_many';

/** The order number and the world that the address names: a shop or a marketplace links like this. */
export function askedFor(search: string): { readonly orderNumber: string; readonly world: World } {
  const words = new URLSearchParams(search);
  return {
    orderNumber: (words.get('order') ?? '').slice(0, 64),
    world: words.get('world') === 'test' ? 'test' : 'live',
  };
}

/** The address of the portal for an order; what shows that it is one's own never stands in it. */
export function portalAddress(orderNumber: string, world: World): string {
  const query = new URLSearchParams([
    ...(world === 'test' ? [['world', 'test']] : []),
    ...(orderNumber === '' ? [] : [['order', orderNumber]]),
  ]);
  return query.size === 0 ? '/returns' : `/returns?${query}`;
}

export async function openOrder(key: Key): Promise<Visit | Refused> {
  try {
    const { token } = await api.post('/v1/return-portal', { body: key });
    return { token, orderNumber: key.order_number, world: key.world };
  } catch (error) {
    if (isProblem(error) && error.status === 429) return 'too_many';
    // An e-mail address that is none is answered with 400: to a buyer it is the same.
    if (isProblem(error) && (error.status === 404 || error.status === 400)) return 'not_found';
    throw error;
  }
}

/** The visit is over: who goes on begins again. */
export const isOver = (error: unknown): boolean => isProblem(error, 'return_order_not_found');

const KEPT = 'postroad-returns';

/** As long as this tab lives, so that a reload does not ask again. */
export function keepVisit(visit: Visit | undefined): void {
  try {
    if (visit === undefined) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, JSON.stringify(visit));
  } catch {
    // Without storage a reload asks again.
  }
}

/** The visit that this tab keeps, unless the address asks for another order. */
export function keptVisit(search: string): Visit | undefined {
  const asked = askedFor(search);
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Visit | null;
    if (kept === null || kept.world !== asked.world) return undefined;
    return asked.orderNumber === kept.orderNumber ? kept : undefined;
  } catch {
    return undefined;
  }
}

export const readOrder = (token: string): Promise<Order> =>
  api.post('/v1/return-portal/order', { body: { token } });

/** A picture for an application; answers its id. */
export async function sendPicture(token: string, picture: Blob): Promise<string> {
  const body = { token, picture: await base64Of(picture) };
  return (await api.post('/v1/return-portal/pictures', { body })).id;
}

async function base64Of(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  let text = '';
  // In parts: a call has no room for a million arguments.
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
