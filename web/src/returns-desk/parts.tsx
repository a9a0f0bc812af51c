import type { components } from '@postroad/sdk';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { DESK_WORDS } from './words.ts';

export type Return = components['schemas']['Return'];
export type State = Return['state'];
export type Item = Return['items'][number];

const TONES: Readonly<Record<State, Tone>> = {
  applied: 'warn',
  agreed: 'idle',
  routed: 'idle',
  code_issued: 'idle',
  accepted_at_point: 'move',
  collected: 'move',
  in_transit: 'move',
  received: 'warn',
  screened: 'warn',
  refunded: 'ok',
  refused: 'bad',
  platform_intervention: 'warn',
  replacement_pending: 'warn',
  amend: 'idle',
  replacement_sent: 'move',
  success: 'ok',
  refund_instead: 'ok',
  closed: 'idle',
};
export const STATES = Object.keys(TONES) as readonly State[];
export const WAITED_FOR = ['seller', 'buyer', 'point', 'platform'] as const;
export type WaitedFor = (typeof WAITED_FOR)[number];

export const NO_OK_REASONS = everyWord<NonNullable<NonNullable<Item['screening']>['reason']>>({
  customer_fault: true,
  give_up_unsealed: true,
  give_up_sealed: true,
  doa_sealed_quality_issue: true,
  doa_sealed_no_quality_issue: true,
  wrong_item: true,
  missing: true,
});

export const isState = (text: string): text is State => (STATES as readonly string[]).includes(text);

export function ReturnState({ of }: { readonly of: State }) {
  const r = useWords(RETURN_WORDS);
  return <Status tone={TONES[of]}>{r(`state.${of}`)}</Status>;
}

/** What silence means in a state, and when. */
export function Silence({ of }: { readonly of: Pick<Return, 'state' | 'due_at'> }) {
  const t = useWords(DESK_WORDS);
  const { instant } = useFormats();
  if (of.due_at === undefined) return null;
  const key = `silence.${of.state}` as Parameters<typeof t>[0];
  const text = t(key, { moment: instant(of.due_at) });
  return text === key ? null : <p>{text}</p>;
}

export const itemsText = (of: Pick<Return, 'items'>): string =>
  of.items.map(({ description, quantity }) => `${description} × ${quantity}`).join(', ');
