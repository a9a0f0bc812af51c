import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** What a state means to somebody who looks: five tones, each with its own colour and its own shape. */
export type Tone = 'ok' | 'move' | 'warn' | 'bad' | 'idle';

const COLOURS: Readonly<Record<Tone, string>> = {
  ok: 'text-ok bg-ok-soft',
  move: 'text-move bg-move-soft',
  warn: 'text-warn bg-warn-soft',
  bad: 'text-bad bg-bad-soft',
  idle: 'text-idle bg-idle-soft',
};

/** Of a shape or word without a ground of its own. */
export const TONE_INKS: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  move: 'text-move',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
};

/** 10 by 10: a disc with a tick, an arrow, a triangle, a crossed octagon, a ring. */
const SHAPES: Readonly<Record<Tone, ReactNode>> = {
  ok: (
    <>
      <circle cx="5" cy="5" r="5" fill="currentColor" />
      <path d="m2.6 5.2 1.7 1.7 3.1-3.5" stroke="var(--card)" strokeWidth="1.4" fill="none" />
    </>
  ),
  move: <path d="M0 3.4h5V.8L10 5 5 9.2V6.6H0z" fill="currentColor" />,
  warn: (
    <>
      <path d="M5 .3 10 9.6H0z" fill="currentColor" />
      <path d="M5 3.6v2.6m0 .9v1" stroke="var(--card)" strokeWidth="1.2" />
    </>
  ),
  bad: (
    <>
      <path d="M3 0h4l3 3v4l-3 3H3L0 7V3z" fill="currentColor" />
      <path d="m3.2 3.2 3.6 3.6m0-3.6L3.2 6.8" stroke="var(--card)" strokeWidth="1.3" />
    </>
  ),
  idle: <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

export function Shape({ tone, size = 10 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <svg viewBox="0 0 10 10" width={size} height={size} aria-hidden="true" className="shrink-0">
      {SHAPES[tone]}
    </svg>
  );
}

/** What a state is like, by shape and colour. */
export function ToneMark({ tone, size = 14 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <span className={TONE_INKS[tone]}>
      <Shape tone={tone} size={size} />
    </span>
  );
}

/** A state in words, with colour and shape. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-semibold whitespace-nowrap',
        COLOURS[tone],
      )}
    >
      <Shape tone={tone} />
      {children}
    </span>
  );
}

/** A mark without a judgement: a world, a count, a kind. */
export function Badge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center rounded-sm border border-line px-1.5 text-xs font-medium whitespace-nowrap text-soft">
      {children}
    </span>
  );
}

/** A sentence that must be read. */
export function Notice({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2.5 rounded-md px-3 py-2.5 text-base', COLOURS[tone])}
    >
      <span className="mt-1">
        <Shape tone={tone} size={12} />
      </span>
      <div className="min-w-0 flex-1 [&_a]:underline">{children}</div>
    </div>
  );
}
