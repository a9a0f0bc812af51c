import type { ReactNode } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { cx } from '../kit/class-names.ts';
import type { Tone } from '../kit/status.tsx';
import type { Return } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

export const TONES: Readonly<Record<Return['state'], Tone>> = {
  applied: 'move',
  agreed: 'warn',
  routed: 'warn',
  code_issued: 'warn',
  accepted_at_point: 'move',
  collected: 'move',
  in_transit: 'move',
  received: 'move',
  screened: 'warn',
  refunded: 'ok',
  refused: 'bad',
  platform_intervention: 'move',
  replacement_pending: 'move',
  amend: 'warn',
  replacement_sent: 'move',
  success: 'ok',
  refund_instead: 'ok',
  closed: 'idle',
};

export function Sheet({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      {title !== undefined && <h2 className="mb-2 text-lg font-semibold">{title}</h2>}
      {children}
    </section>
  );
}

/** Until when somebody has to act, and what silence means then. */
export function Clock({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const { instant } = useFormats();
  if (of.due_at === undefined) return null;
  const word = `clock.${of.state}` as Parameters<typeof t>[0];
  const text = t(word, { moment: instant(of.due_at) });
  return text === word ? null : <p className="mt-1">{text}</p>;
}

/** Leads to another place of this page. */
export function LinkButton({
  href,
  look = 'primary',
  children,
}: {
  readonly href: string;
  readonly look?: 'primary' | 'plain';
  readonly children: ReactNode;
}) {
  return (
    <a
      href={href}
      className={cx(
        'inline-flex min-h-12 items-center justify-center rounded-md border px-5 text-center text-lg font-medium no-underline',
        look === 'primary'
          ? 'border-accent bg-accent text-on-accent hover:brightness-110'
          : 'border-edge bg-card text-ink hover:border-ink hover:bg-sunk',
      )}
    >
      {children}
    </a>
  );
}

export function Back({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <p className="screen-only">
      <a
        href={href}
        className="inline-flex min-h-6 items-center text-accent underline pointer-coarse:min-h-11"
      >
        <span aria-hidden="true">←&nbsp;</span>
        {children}
      </a>
    </p>
  );
}
