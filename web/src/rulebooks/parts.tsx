import type { components } from '@postroad/sdk';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Status } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { RULEBOOK_WORDS } from './words.ts';

export type Version = components['schemas']['RulebookVersion'];

const KINDS = [
  'market_policy',
  'masks',
  'reveals',
  'duty_path',
  'false_tracking',
  'point_allocation',
  'point_storage',
  'point_commission',
  'cod_remittance',
] as const;

/** What a kind of rules is called; one that we do not know, as the server calls it. */
export function useKindTitle(): (kind: { readonly kind: string; readonly title?: string }) => string {
  const t = useWords(RULEBOOK_WORDS);
  return ({ kind, title }) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? (title ?? kind) : t(`kind.${known}`);
  };
}

/** Is this version one that we may change, or what the network gives us? */
export function useIsOwn(): (version: Pick<Version, 'organisation_id'>) => boolean {
  const { person } = useSession();
  return ({ organisation_id }) =>
    organisation_id === person.organisation_id ||
    (organisation_id === 'network' && person.role === 'operator');
}

const TONES = { draft: 'idle', tested: 'move', active: 'ok', planned: 'move', retired: 'idle' } as const;

export function VersionState({ of }: { readonly of: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  const isAhead = of.valid_from !== undefined && of.valid_from > new Date().toISOString();
  const state = of.state === 'active' && isAhead ? 'planned' : of.state;
  return <Status tone={TONES[state]}>{t(`state.${state}`)}</Status>;
}

/** A document to read; it scrolls in itself. */
export function DocumentText({ label, of }: { readonly label: string; readonly of: unknown }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, also by keyboard
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md bg-sunk p-3"
    >
      <pre className="font-mono text-xs">{JSON.stringify(of, null, 2)}</pre>
    </section>
  );
}

/** Since when a version holds. What came with the product holds from the first instant that the server knows. */
export function Since({ at, whole }: { readonly at: string; readonly whole?: boolean }) {
  const t = useWords(RULEBOOK_WORDS);
  return new Date(at).getTime() === 0 ? t('version.always') : <Moment at={at} whole={whole === true} />;
}
