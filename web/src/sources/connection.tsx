import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import { SOURCE_WORDS } from './words.ts';

type Health = components['schemas']['TrackingSourceHealth'];
export type HealthOf = (id: string) => Health | undefined;

/** How each connection does: those of the reader, or all for the network's own staff. */
export function useConnectionHealth(options: { readonly everyMs?: number } = {}) {
  return useRead(
    ['sources', 'connections'],
    (signal) => api.get('/v1/tracking-sources/health', { signal }),
    options,
  );
}

/** What there is to connect to; the answer depends on who asks. */
export function useConnectors() {
  return useRead(['tracking-connectors'], (signal) => api.get('/v1/tracking-connectors', { signal }));
}

const TONES = {
  idle: 'idle',
  well: 'ok',
  failing: 'warn',
  open: 'bad',
  half_open: 'warn',
} as const satisfies Record<Health['state'], Tone>;

export function ConnectionState({ of }: { readonly of: Health['state'] }) {
  const t = useWords(SOURCE_WORDS);
  return <Status tone={TONES[of]}>{t(`link.${of}`)}</Status>;
}
