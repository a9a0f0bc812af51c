import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { Component, type ReactNode } from 'react';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { Button } from './button.tsx';
import { Notice } from './status.tsx';

/** Grey bars where something is about to be. */
export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const t = useWords(KIT_WORDS);
  return (
    <div role="status" className="grid gap-2.5 py-3" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
          key={row}
          className={`h-4 animate-pulse rounded-sm bg-line ${row % 3 === 2 ? 'w-2/3' : 'w-full'}`}
        />
      ))}
    </div>
  );
}

/** Nothing here, and what one can do about it. */
export function Empty({
  title,
  hint,
  action,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-2 px-4 py-12 text-center">
      <svg viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" className="text-edge">
        <path
          d="M10 44V21a14 14 0 0 1 28 0v23M4 44h40M24 14v6m0 6v6m0 6v6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        />
      </svg>
      <p className="text-lg font-medium">{title}</p>
      {hint && <p className="max-w-[46ch] text-soft">{hint}</p>}
      {action}
    </div>
  );
}

/** What the server refused or that it is away, with its own advice and the request's number for support. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const t = useWords(KIT_WORDS);
  return (
    <Notice tone="bad">
      <p className="font-semibold">{error instanceof PostroadProblem ? error.title : t('error.title')}</p>
      <p>{sentenceOf(error, t)}</p>
      {error instanceof PostroadProblem && (
        <p className="mt-1 flex flex-wrap gap-x-3 text-sm">
          <a href={`/docs/errors#${error.code}`}>{t('error.code', { code: error.code })}</a>
          {error.requestId && <span className="number">{t('error.request', { id: error.requestId })}</span>}
        </p>
      )}
      {retry && (
        <p className="mt-2">
          <Button size="small" onClick={retry}>
            {t('action.retry')}
          </Button>
        </p>
      )}
    </Notice>
  );
}

function sentenceOf(error: unknown, t: (key: 'error.network' | 'error.unknown') => string): string {
  if (error instanceof PostroadProblem) return error.detail;
  return error instanceof PostroadConnectionError ? t('error.network') : t('error.unknown');
}

type Shown<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
};

/** Loading, failure or the thing itself: what every screen that reads begins with. */
export function Read<T>({
  of,
  rows,
  children,
}: {
  readonly of: Shown<T>;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Failure error={of.error} retry={() => void of.refetch()} />;
  return <Loading rows={rows ?? 4} />;
}

/** Catches what a screen throws, so that the rest of the page stays. */
export class Boundary extends Component<
  { readonly children: ReactNode; readonly at: string },
  { readonly error: unknown; readonly at: string }
> {
  override state = { error: undefined as unknown, at: this.props.at };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  static getDerivedStateFromProps(props: { at: string }, state: { error: unknown; at: string }) {
    return props.at === state.at ? null : { error: undefined, at: props.at };
  }
  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failure error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}
