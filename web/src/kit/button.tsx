import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import { cx } from './class-names.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-on-accent border-accent hover:brightness-110',
  plain: 'bg-card text-ink border-edge hover:border-ink hover:bg-sunk',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-sunk',
  danger: 'bg-card text-bad border-bad hover:bg-bad-soft',
};

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium no-underline cursor-pointer transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55';
const SIZES = {
  small: 'min-h-7 px-2 text-sm whitespace-nowrap pointer-coarse:min-h-9',
  normal: 'min-h-9 px-3.5 text-base whitespace-nowrap pointer-coarse:min-h-11',
  // Words of a phone's one column: they may take two lines.
  large: 'min-h-12 px-5 py-1.5 text-center text-lg leading-tight',
} as const;

type Size = keyof typeof SIZES;

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  readonly look?: Look;
  readonly size?: Size;
  readonly wide?: boolean;
  /** Work is under way: said to screen readers, and a second press does nothing. */
  readonly busy?: boolean;
};

export function Button({
  look = 'plain',
  size = 'normal',
  wide,
  busy,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={cx(BASE, LOOKS[look], SIZES[size], wide && 'w-full')}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

/** Looks like a button, leads somewhere. */
export function ButtonLink({
  to,
  look = 'plain',
  size = 'normal',
  children,
}: {
  readonly to: string;
  readonly look?: Look;
  readonly size?: Size;
  readonly children: ReactNode;
}) {
  return (
    <Link href={to} className={cx(BASE, LOOKS[look], SIZES[size])}>
      {children}
    </Link>
  );
}

export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="inline-block size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}
