import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { api, isProblem } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import { OUTLET_WORDS } from './words.ts';

export type Outlet = components['schemas']['Point'];
export type OutletStateName = Outlet['state'];
export type Service = Outlet['services'][number];
export type GoodsClass = NonNullable<components['schemas']['PointApplicationInput']['goods_classes']>[number];

const TONES: Readonly<Record<OutletStateName, Tone>> = {
  applied: 'move',
  documents: 'warn',
  site_check: 'move',
  contract: 'move',
  training: 'move',
  trial: 'ok',
  active: 'ok',
  paused: 'warn',
  restricted: 'warn',
  suspended: 'bad',
  exited: 'idle',
};
export const OUTLET_STATES = Object.keys(TONES) as OutletStateName[];
/** Papers are handed in while an outlet is on its way in. */
export const ONBOARDING: readonly OutletStateName[] = [
  'applied',
  'documents',
  'site_check',
  'contract',
  'training',
];
export const SERVICES = everyWord<Service>({ collect: true, return: true, mail: true });
export const KINDS = everyWord<Outlet['kind']>({
  post_office: true,
  shop: true,
  station: true,
  locker: true,
});
/** `normal` goods are taken everywhere. */
export const GOODS = everyWord<Exclude<GoodsClass, 'normal'>>({
  battery_contained: true,
  battery_only: true,
  cosmetics_non_liquid: true,
  liquid: true,
  powder: true,
  magnetic: true,
  special: true,
  breakable: true,
});

export function OutletState({ of }: { readonly of: OutletStateName }) {
  const t = useWords(OUTLET_WORDS);
  return <Status tone={TONES[of]}>{t(`state.${of}`)}</Status>;
}

export const outletKey = (id: string) => ['outlets', id] as const;

/** The record of one outlet. */
export function useOutlet(id: string) {
  return useRead(outletKey(id), (signal) =>
    api.get('/v1/points/{point_id}/record', { params: { path: { point_id: id } }, signal }),
  );
}

/** An outlet by its public name, read once; its id until then. */
export function OutletName({ id, link }: { readonly id: string; readonly link?: boolean }) {
  const at = useFaceAddress();
  const found = useRead(['points', id], async (signal) => {
    try {
      return await api.get('/v1/points/{point_id}', { params: { path: { point_id: id } }, signal });
    } catch (error) {
      if (isProblem(error, 'not_found')) return null;
      throw error;
    }
  });
  const name = found.data?.name ?? <span className="number">{id}</span>;
  if (!link) return <span title={id}>{name}</span>;
  return (
    <Link className="text-accent hover:underline" title={id} href={at(`/outlets/${id}`)}>
      {name}
    </Link>
  );
}
