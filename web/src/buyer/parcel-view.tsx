import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { cx } from '../kit/class-names.ts';
import { copyText } from '../kit/clipboard.ts';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { Notice, Shape, ToneMark } from '../kit/status.tsx';
import { ADVICE, adviceAtEnd, headlineOf, lateness, STATE_TONES } from './advice.ts';
import { History, Legs } from './history.tsx';
import { arrivalText, dayText, lastSeenOf, placeText, seenText, stepAt, whenOf } from './phrases.ts';
import { whichText } from './pieces.ts';
import { Pieces } from './pieces.tsx';
import { type Answer, type BuyerParcel, curlOf, type Question, returnsAddress } from './question.ts';
import { Reports } from './report.tsx';
import { Way } from './way-map.tsx';
import { BUYER_WORDS } from './words.ts';

/** Few parcels wait at a point. */
const Shelf = lazy(() => import('./shelf.tsx').then((m) => ({ default: m.Shelf })));

type Parcels = Extract<Answer, { kind: 'parcels' }>;

/** Everything about the parcels of a question; of several, the first is open. */
export function ParcelView({
  answer,
  question,
  isLive,
  isStale,
  takesFocus,
  refresh,
  onReported,
}: {
  readonly answer: Parcels;
  readonly question: Question;
  /** It was asked for again, and nothing came. */
  readonly isStale: boolean;
  /** It stands where a form was that somebody sent off. */
  readonly takesFocus: boolean;
  /** News come by themselves. */
  readonly isLive: boolean;
  readonly refresh: ReactNode;
  readonly onReported: () => void;
}) {
  const t = useWords(BUYER_WORDS);
  const [chosen, setChosen] = useState(0);
  const parcel = answer.parcels[chosen] ?? answer.parcels[0];
  const headline = parcel === undefined ? '' : t(`state.${headlineOf(parcel, answer.readAt)}`);
  useEffect(() => {
    document.title = `${headline} · Postroad`;
  }, [headline]);
  if (parcel === undefined) return null;
  return (
    <>
      {answer.parcels.length > 1 && (
        <Several parcels={answer.parcels} readAt={answer.readAt} chosen={chosen} onChoose={setChosen} />
      )}
      {isStale && <Stale readAt={answer.readAt} />}
      <Head {...{ parcel, isLive, takesFocus }} readAt={answer.readAt} />
      <Standstill parcel={parcel} />
      {parcel.status === 'available_for_pickup' && (
        <Suspense fallback={null}>
          <Shelf question={question} news={parcel.steps[0]?.occurred_at ?? ''} />
        </Suspense>
      )}
      {parcel.status === 'delivered' && (
        <p className="screen-only">
          <a className="text-accent underline" href={returnsAddress(question)}>
            {t('send_back')}
          </a>
        </p>
      )}
      {parcel.pieces !== undefined && <Pieces pieces={parcel.pieces} readAt={answer.readAt} />}
      <Way parcel={parcel} />
      <Legs parcel={parcel} readAt={answer.readAt} />
      <History parcel={parcel} />
      <Reports {...{ parcel, question, onReported }} position={Math.max(0, answer.parcels.indexOf(parcel))} />
      <Tools question={question} refresh={refresh} readAt={answer.readAt} />
    </>
  );
}

function Stale({ readAt }: { readonly readAt: string }) {
  const t = useWords(BUYER_WORDS);
  const { moment } = useFormats();
  return <Notice tone="bad">{t('stale', { when: moment(readAt) })}</Notice>;
}

/** Lives of one number, or parcels that share it: told apart by where they are and since when. */
function Several({
  parcels,
  readAt,
  chosen,
  onChoose,
}: {
  readonly parcels: readonly BuyerParcel[];
  readonly readAt: string;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}) {
  const t = useWords(BUYER_WORDS);
  const formats = useFormats();
  const nameOf = (parcel: BuyerParcel) => {
    const state = t(`state.${headlineOf(parcel, readAt)}`);
    const last = lastSeenOf(parcel) ?? parcel.steps[0];
    return last === undefined
      ? state
      : t('several.one', { state, when: dayText(last.occurred_at, last.clock_zone, t, formats) });
  };
  return (
    <section>
      <h2 className="mb-2 font-medium">{t('several', { count: parcels.length })}</h2>
      <ul className="flex flex-wrap gap-2">
        {parcels.map((parcel, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lives of one number have no other identity here
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-md border border-edge bg-card px-3 text-left aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <ToneMark tone={STATE_TONES[parcel.status]} />
              {nameOf(parcel)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The state in one sentence, where it was last seen, and the promise. */
function Head({
  parcel,
  readAt,
  isLive,
  takesFocus,
}: {
  readonly parcel: BuyerParcel;
  readonly readAt: string;
  readonly isLive: boolean;
  readonly takesFocus: boolean;
}) {
  const t = useWords(BUYER_WORDS);
  const formats = useFormats();
  const title = useRef<HTMLHeadingElement>(null);
  // Once, when it takes the place of the form: that does not change while the parcel is shown.
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  const seen = seenText(parcel, t, formats);
  const to = placeText(parcel.destination, t, formats);
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <div className="flex items-start justify-between gap-3 text-sm">
        <p className="text-soft wrap-anywhere">
          {[t('parcel.number', { number: parcel.number }), whichText(parcel, t), to && t('to', { place: to })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Live isLive={isLive} />
      </div>
      <h1
        ref={title}
        tabIndex={-1}
        className="mt-1 flex items-start gap-3 text-2xl font-semibold tracking-tight outline-none"
      >
        <span className="mt-2">
          <ToneMark tone={STATE_TONES[parcel.status]} size={20} />
        </span>
        {t(`state.${headlineOf(parcel, readAt)}`)}
      </h1>
      {seen !== undefined && <p className="mt-1 text-soft">{seen}</p>}
      {parcel.stated_weight_grams !== undefined && (
        <p className="mt-1 text-soft">
          {t('weight', { weight: formats.weight(parcel.stated_weight_grams) })}
        </p>
      )}
      <PromiseLine parcel={parcel} readAt={readAt} />
      {parcel.standstill === undefined && parcel.action_required === 'recipient' && (
        <div className="mt-4">
          <Notice tone="warn">{t('action.recipient')}</Notice>
        </div>
      )}
      {parcel.standstill === undefined && parcel.action_required === 'shipper' && (
        <p className="mt-3 text-soft">{t('action.shipper')}</p>
      )}
    </section>
  );
}

/** Its room is kept, so that nothing moves when the line comes and goes. */
function Live({ isLive }: { readonly isLive: boolean }) {
  const t = useWords(BUYER_WORDS);
  return (
    <p
      title={t('live.hint')}
      className={cx('screen-only inline-flex items-center gap-1.5 text-ok', !isLive && 'invisible')}
    >
      <span aria-hidden="true" className="size-2 rounded-full bg-current motion-safe:animate-pulse" />
      {t('live')}
    </p>
  );
}

function PromiseLine({ parcel, readAt }: { readonly parcel: BuyerParcel; readonly readAt: string }) {
  const t = useWords(BUYER_WORDS);
  const arrival = arrivalText(parcel, t, useFormats());
  const late = lateness(parcel, readAt);
  if (arrival === undefined) return null;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="caption">{arrival.label}</p>
      <p className="text-lg font-semibold">{arrival.when}</p>
      {late !== undefined && (
        <p className="mt-1 flex items-center gap-2 text-warn">
          <Shape tone="warn" size={12} />
          {t(`promise.${late}`)}
        </p>
      )}
    </div>
  );
}

function Standstill({ parcel }: { readonly parcel: BuyerParcel }) {
  const t = useWords(BUYER_WORDS);
  const formats = useFormats();
  const atEnd = adviceAtEnd(parcel);
  if (atEnd !== undefined)
    return (
      <section className="rounded-lg border border-warn bg-warn-soft p-5">
        <h2 className="font-semibold text-warn">{t('do.title')}</h2>
        <p>{t(`do.${atEnd}`)}</p>
      </section>
    );
  if (parcel.standstill === undefined) return null;
  const { reason, since } = parcel.standstill;
  const step = stepAt(parcel.steps, since);
  const when = step === undefined ? formats.instant(since) : whenOf(step, t, formats);
  return (
    <section className="grid gap-3 rounded-lg border border-warn bg-warn-soft p-5 sm:grid-cols-2">
      <div>
        <h2 className="font-semibold text-warn">{t('why.title')}</h2>
        <p>{t(`why.${reason}`)}</p>
        <p className="text-sm text-warn">{t('why.since', { when })}</p>
      </div>
      <div>
        <h2 className="font-semibold text-warn">{t('do.title')}</h2>
        <p>{t(`do.${ADVICE[reason]}`)}</p>
      </div>
    </section>
  );
}

function Tools({
  question,
  refresh,
  readAt,
}: {
  readonly question: Question;
  readonly refresh: ReactNode;
  readonly readAt: string;
}) {
  const t = useWords(BUYER_WORDS);
  const { moment } = useFormats();
  const [said, setSaid] = useState('');
  const [showsQr, setShowsQr] = useState(false);
  const share = async () => {
    const url = location.href;
    if (navigator.share !== undefined) {
      await navigator.share({ url }).catch(() => undefined); // closed without choosing
      return;
    }
    await copyText(url);
    setSaid(t('share.copied'));
  };
  return (
    <section className="screen-only flex flex-wrap items-center gap-2">
      {refresh}
      <Button size="small" onClick={() => void share()}>
        {t('share')}
      </Button>
      <Button size="small" look="quiet" aria-expanded={showsQr} onClick={() => setShowsQr(!showsQr)}>
        {t('share.qr')}
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() => void copyText(curlOf(question, location.origin)).then(() => setSaid(t('curl.copied')))}
      >
        {t('curl')}
      </Button>
      <span className="text-sm text-soft">{t('updated', { when: moment(readAt) })}</span>
      <span role="status" className="text-sm">
        {said}
      </span>
      {showsQr && (
        <div className="grid basis-full justify-items-start gap-2">
          <CodeSymbol kind="qr" text={location.href} label={t('share.qr_label')} />
          <p className="text-sm text-soft">{t('share.qr_hint')}</p>
        </div>
      )}
    </section>
  );
}
