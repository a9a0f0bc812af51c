import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { atMost } from '../ground/early.ts';
import { useFormats } from '../ground/format.ts';
import { Preferences } from '../ground/preferences.tsx';
import { loadWords, useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { Button } from '../kit/button.tsx';
import { Boundary, Failure, Loading, OwnRefusals } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { REFUSAL_WORDS } from '../words/refusals.ts';
import { useLive } from './live.ts';
import { ParcelView } from './parcel-view.tsx';
import { newsText } from './pieces.ts';
import { type Answer, ask, formAddress, type Question, tokenOf } from './question.ts';
import { TrackForm } from './track-form.tsx';
import { WhoseNumber } from './whose-number.tsx';
import { BUYER_WORDS } from './words.ts';

// Asked as soon as the script is here, before anything is drawn: on a slow line that is a second.
const token = tokenOf(location.pathname);
const first = token === undefined ? undefined : ask({ token });
let opened: Answer | undefined;
/** So long the first picture waits for the answer, in milliseconds; then it says that it is looked for. */
const PATIENCE_MS = 1_000;
export const ready = Promise.all([
  loadWords(BUYER_WORDS, KIT_WORDS, MILESTONE_WORDS),
  ...(first === undefined
    ? []
    : [
        atMost(
          PATIENCE_MS,
          first.then((answer) => {
            opened = answer;
          }),
        ),
      ]),
]);

/** Nobody logs in here: no session, no query cache, no dialogs, for the weight. */
export function Face() {
  return (
    <Suspense fallback={null}>
      <OwnRefusals value={REFUSAL_WORDS}>
        <Frame>
          <Boundary at="">
            <Tracking />
          </Boundary>
        </Frame>
      </OwnRefusals>
    </Suspense>
  );
}

/** How often it is asked again while somebody looks and nothing comes by itself. Our default. */
const AGAIN_MS = 60_000;

function Tracking() {
  const t = useWords(BUYER_WORDS);
  const m = useWords(MILESTONE_WORDS);
  const formats = useFormats();
  const [question, setQuestion] = useState<Question | undefined>(token === undefined ? undefined : { token });
  const [answer, setAnswer] = useState(opened);
  const [busy, setBusy] = useState(first !== undefined && opened === undefined);
  const [isStale, setIsStale] = useState(false);
  const put = (next: Question, coming = ask(next)) => {
    setQuestion(next);
    setBusy(true);
    void coming.then((came) => {
      setBusy(false);
      setIsStale(came.kind === 'failed');
      // A line that fails now and then does not take away what was read before.
      setAnswer((before) => (came.kind === 'failed' && before?.kind === 'parcels' ? before : came));
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the link that the page was opened with
  useEffect(() => {
    if (first !== undefined && token !== undefined && answer === undefined) put({ token }, first);
  }, []);
  const followed = answer?.kind === 'parcels' ? question : undefined;
  const [news, setNews] = useState('');
  const isLive = useLive(followed, (came) => {
    setAnswer(came);
    setIsStale(false);
    if (came.kind === 'parcels' && hasNews(answer, came))
      setNews(newsText(parcelsOf(answer), parcelsOf(came), came.readAt, { t, m, formats }));
  });
  // A line that is up again says nothing when nothing changed meanwhile.
  useEffect(() => {
    if (isLive) setIsStale(false);
  }, [isLive]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only while nothing comes by itself
  useEffect(() => {
    if (isLive || followed === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') put(followed);
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isLive, followed]);
  if (answer?.kind === 'parcels' && question !== undefined)
    return (
      <>
        <p role="status" className="sr-only">
          {news}
        </p>
        <ParcelView
          answer={answer}
          question={question}
          isLive={isLive}
          isStale={isStale}
          takesFocus={first === undefined}
          onReported={() => put(question)}
          refresh={
            <Button size="small" busy={busy} onClick={() => put(question)}>
              {t('refresh')}
            </Button>
          }
        />
        <p>
          <a className="text-accent underline" href="/track">
            {t('another')}
          </a>
        </p>
      </>
    );
  if (answer === undefined && question !== undefined && 'token' in question) return <Waiting />;
  return (
    <>
      {answer?.kind === 'failed' && question !== undefined && (
        <Failure error={answer.error} retry={() => put(question)} />
      )}
      {answer?.kind === 'refused' && <Notice tone="bad">{t(answer.why)}</Notice>}
      {answer?.kind === 'refused' && question !== undefined && 'number' in question && (
        <>
          {answer.why === 'not_found' && <WhoseNumber number={question.number} />}
          <p className="text-sm">
            <a
              className="text-accent underline"
              href={formAddress(question.number, question.world === undefined)}
            >
              {t(question.world === undefined ? 'test.look' : 'live.look')}
            </a>
          </p>
        </>
      )}
      <TrackForm busy={busy} onAsk={put} />
    </>
  );
}

/** The stream's first picture is what the page shows already. */
function hasNews(before: Answer | undefined, now: Answer): boolean {
  return JSON.stringify(parcelsOf(before)) !== JSON.stringify(parcelsOf(now));
}

const parcelsOf = (answer: Answer | undefined) => (answer?.kind === 'parcels' ? answer.parcels : []);

function Waiting() {
  const t = useWords(BUYER_WORDS);
  return (
    <section className="min-h-dvh rounded-lg border border-line bg-card p-5">
      <h1 className="text-soft">{t('title')}</h1>
      <Loading rows={7} />
    </section>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useWords(BUYER_WORDS);
  return (
    <div className="mx-auto grid min-h-dvh max-w-3xl grid-rows-[auto_1fr_auto] gap-4 px-4 py-4 sm:py-6">
      <header className="screen-only flex flex-wrap items-center justify-between gap-3">
        <Brand name={t('name')} />
        <Preferences />
      </header>
      <main className="grid min-w-0 content-start gap-4">{children}</main>
      <footer className="text-sm text-soft">{t('privacy')}</footer>
    </div>
  );
}
