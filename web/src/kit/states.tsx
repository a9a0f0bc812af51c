import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { Component, createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useLanguage } from '../ground/language.ts';
import { useWords, type Words } from '../ground/words.ts';
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

/** Sentences of a page's own for refusals, by their codes, perhaps with the server's text in them as `{detail}`; without them that text is shown alone. */
export const OwnRefusals = createContext<Words<Readonly<Record<string, string>>> | undefined>(undefined);

/** What the server refused or that it is away, with advice and the request's number for support. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const t = useWords(KIT_WORDS);
  const said = useSaid(error);
  return (
    <Notice tone="bad">
      <p className="font-semibold">{said?.title ?? t('error.title')}</p>
      <p>{said?.text ?? t(error instanceof PostroadConnectionError ? 'error.network' : 'error.unknown')}</p>
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

/** `title` absent: the page's own. */
type Said = { readonly title?: string; readonly text: string };

/** What is said of a refusal: in the page's own words where it has some, else in the server's. Empty while they are fetched. */
function useSaid(error: unknown): Said | undefined {
  const refusal = error instanceof PostroadProblem ? error : undefined;
  const sentence = useOwnSentence(refusal?.code, refusal?.detail);
  if (refusal === undefined) return undefined;
  return sentence === null ? { title: refusal.title, text: refusal.detail } : { text: sentence ?? '' };
}

/** The same for a refusal that was written down: nothing but its code and the server's text is left of it. */
export function RefusalSaid({ code, detail }: RefusalKept) {
  const sentence = useOwnSentence(code, detail);
  return <>{sentence === null ? detail : sentence}</>;
}

type RefusalKept = { readonly code?: string | undefined; readonly detail?: string | undefined };

/** `null`: the page has no sentence for this code; `undefined`: it is being fetched. */
function useOwnSentence(code: string | undefined, detail = ''): string | null | undefined {
  const own = useContext(OwnRefusals);
  const language = useLanguage();
  const [sentence, setSentence] = useState<string | null>();
  useEffect(() => {
    if (own === undefined || code === undefined) return;
    let isAsked = true;
    own.load(language).then(
      (say) => {
        const said = say(code, { detail });
        // A code without a sentence comes back as it is.
        if (isAsked) setSentence(said === code ? null : said);
      },
      () => isAsked && setSentence(null),
    );
    return () => {
      isAsked = false;
    };
  }, [own, language, code, detail]);
  return own === undefined || code === undefined ? null : sentence;
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
