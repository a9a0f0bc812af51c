import type { components } from '@postroad/sdk';
import { type Formats, useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Status } from '../kit/status.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MARKETPLACE_WORDS } from './words.ts';

export type Programme = components['schemas']['Programme'];
export type ServiceClass = Programme['service_classes'][number];
export const CLASSES: readonly ServiceClass[] = ['ECONOMY', 'SIMPLE', 'STANDARD', 'FAST'];

const TONES = { planned: 'idle', running: 'ok', spent: 'warn', ended: 'idle' } as const;

/** Where a programme is in its life, at an instant. */
export function stateOf(programme: Programme, now: string): keyof typeof TONES {
  if (programme.valid_to !== undefined && programme.valid_to <= now) return 'ended';
  if (programme.valid_from > now) return 'planned';
  return leftOf(programme)?.amount_minor === 0 ? 'spent' : 'running';
}

/** What is left of its budget; undefined when it is not ours to see. */
export function leftOf({ budget, spent }: Programme): Programme['budget'] {
  if (budget === undefined || spent === undefined) return undefined;
  return { ...budget, amount_minor: Math.max(0, budget.amount_minor - spent.amount_minor) };
}

export function ProgrammeState({ of }: { readonly of: Programme }) {
  const t = useWords(MARKETPLACE_WORDS);
  const state = stateOf(of, new Date().toISOString());
  return <Status tone={TONES[state]}>{t(`programme.state.${state}`)}</Status>;
}

/** Which shipments it pays for, in words. */
export function useScope(): (programme: Programme) => string {
  const t = useWords(MARKETPLACE_WORDS);
  const p = useWords(PARCEL_WORDS);
  const formats = useFormats();
  return (programme) =>
    [
      programme.line_codes.join(', '),
      programme.service_classes.map((one) => p(`class.${one}`)).join(', '),
      countries(programme, formats),
    ]
      .filter((part) => part !== '')
      .join(' · ') || t('programme.any');
}

const countries = ({ destinations }: Programme, { country }: Formats) =>
  destinations.map((code) => country(code)).join(', ');
