import type { components } from '@postroad/sdk';
import { type ReactNode, useEffect, useState } from 'react';
import { api, isProblem } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import type { Question } from './question.ts';
import { BUYER_WORDS } from './words.ts';

type Waiting = components['schemas']['BuyerShelf']['parcels'][number];

/** Parcels that wait at a point: where, until when, by which code; and a friend who fetches one. */
export function Shelf({ question: asked, news }: { readonly question: Question; readonly news: string }) {
  const [question, setQuestion] = useState(asked);
  const [isProven, setProven] = useState(true);
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  useEffect(() => setQuestion(asked), [asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `news`: what was told since may have moved it
  useEffect(() => {
    let isShown = true;
    api
      .post('/v1/track/shelf', { body: question })
      .then((answer) => {
        if (!isShown) return;
        setWaiting(answer.parcels);
        setProven(answer.is_proven);
      })
      .catch(() => undefined); // what the page says of the parcel holds without it
    return () => {
      isShown = false;
    };
  }, [question, news]);
  const put = (one: Waiting) => setWaiting(waiting.map((other) => (other.id === one.id ? one : other)));
  return waiting
    .filter(({ state }) => state === 'stored' || state === 'announced')
    .map((one) => (
      <WaitingParcel key={one.id} of={one}>
        {one.state === 'stored' &&
          (isProven ? (
            <ShelfActs of={one} question={question} onChange={put} />
          ) : (
            <>
              <Proof question={question} onProven={setQuestion} />
              <SendCode of={one} question={question} />
            </>
          ))}
      </WaitingParcel>
    ));
}

/** A link is passed on: the code is for who says the last digits of the recipient's phone. */
function Proof({
  question,
  onProven,
}: {
  readonly question: Question;
  readonly onProven: (question: Question) => void;
}) {
  const t = useWords(BUYER_WORDS);
  const [tail, setTail] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isWrong = isProblem(error, 'track_not_found');
  const ask = () => {
    const proven = { ...question, phone_last4: tail };
    setBusy(true);
    setError(undefined);
    api
      .post('/v1/track/shelf', { body: proven })
      .then(() => onProven(proven))
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <form
      className="screen-only grid gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) ask();
      }}
    >
      <Field
        label={t('shelf.tail')}
        hint={t('shelf.tail_hint')}
        error={isWrong ? t('shelf.tail_wrong') : undefined}
      >
        <Input
          inputMode="numeric"
          autoComplete="off"
          pattern="[0-9]{4}"
          maxLength={4}
          required
          value={tail}
          onText={setTail}
        />
      </Field>
      {error !== undefined && !isWrong && <Failure error={error} />}
      <Button type="submit" busy={busy}>
        {t('shelf.tail_show')}
      </Button>
    </form>
  );
}

/** Who has no digits to say gets the code where the shop reaches him; whoever holds the link is shown nothing by that. */
function SendCode({ of, question }: { readonly of: Waiting; readonly question: Question }) {
  const t = useWords(BUYER_WORDS);
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<unknown>();
  const send = () => {
    setState('busy');
    setError(undefined);
    api
      .post('/v1/track/shelf/notice', { body: { ...question, shelf_parcel_id: of.id } })
      .then(() => setState('sent'))
      .catch((failure: unknown) => {
        setError(failure);
        setState('idle');
      });
  };
  if (state === 'sent') return <Notice tone="ok">{t('shelf.sent')}</Notice>;
  return (
    <div className="screen-only grid gap-2 border-t border-line pt-3">
      <p className="text-sm text-soft">{t('shelf.send_hint')}</p>
      <Button busy={state === 'busy'} onClick={send}>
        {t('shelf.send')}
      </Button>
      {error !== undefined && <Failure error={error} />}
    </div>
  );
}

function WaitingParcel({ of, children }: { readonly of: Waiting; readonly children: ReactNode }) {
  const t = useWords(BUYER_WORDS);
  const { instant, money } = useFormats();
  const { point } = of;
  return (
    <section className="grid gap-3 rounded-lg border border-accent bg-card p-5">
      <div>
        <h2 className="text-lg font-semibold">{t(of.state === 'stored' ? 'shelf.waits' : 'shelf.comes')}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-2 font-medium">
          {point.name}
          <Status tone={point.is_open ? 'ok' : 'idle'}>
            {t(point.is_open ? 'shelf.open' : 'shelf.closed')}
          </Status>
        </p>
        <p className="text-soft wrap-anywhere">{[...point.address_lines, point.city].join(', ')}</p>
      </div>
      {of.state === 'stored' && of.code !== undefined && (
        <div className="border-t border-line pt-3">
          <p className="caption">{t('shelf.code')}</p>
          <p className="font-mono text-2xl font-semibold tracking-wider">{of.code}</p>
        </div>
      )}
      <ul className="text-soft empty:hidden">
        {of.return_at !== undefined && <li>{t('shelf.until', { moment: instant(of.return_at) })}</li>}
        {of.free_until !== undefined && <li>{t('shelf.free', { moment: instant(of.free_until) })}</li>}
        {of.fee_due !== undefined && of.fee_due.amount_minor > 0 && (
          <li>{t('shelf.fee', { amount: money(of.fee_due) })}</li>
        )}
      </ul>
      {children}
    </section>
  );
}

/** Once kept longer, and friends who may fetch it. */
function ShelfActs({
  of,
  question,
  onChange,
}: {
  readonly of: Waiting;
  readonly question: Question;
  readonly onChange: (one: Waiting) => void;
}) {
  const t = useWords(BUYER_WORDS);
  const { instant } = useFormats();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [token, setToken] = useState<string>();
  const run = (act: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    act()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const take = (parcels: readonly Waiting[]) => {
    const changed = parcels.find(({ id }) => id === of.id);
    if (changed !== undefined) onChange(changed);
  };
  const body = { ...question, shelf_parcel_id: of.id };
  const extend = async () => take((await api.post('/v1/track/shelf/extension', { body })).parcels);
  const authorise = async () => {
    const friend = await api.post('/v1/track/shelf/friends', { body });
    setToken(friend.token);
    take((await api.post('/v1/track/shelf', { body: question })).parcels);
  };
  const revoke = async (friendId: string) => {
    const asked = { ...body, friend_id: friendId };
    take((await api.post('/v1/track/shelf/friends/revocation', { body: asked })).parcels);
    setToken(undefined);
  };
  const friends = of.friends.filter(({ state }) => state === 'active');
  return (
    <div className="screen-only grid gap-3">
      <div className="flex flex-wrap gap-2">
        {of.can_extend && (
          <Button busy={busy} onClick={() => run(extend)}>
            {t('shelf.extend')}
          </Button>
        )}
        <Button busy={busy} onClick={() => run(authorise)}>
          {t('shelf.friend')}
        </Button>
      </div>
      {error !== undefined && <Failure error={error} />}
      {token !== undefined && (
        <div className="grid justify-items-start gap-2">
          <Notice tone="idle">{t('shelf.friend.once')}</Notice>
          <CodeSymbol kind="qr" text={token} label={t('shelf.friend.label')} />
          <p className="font-mono wrap-anywhere">{token}</p>
        </div>
      )}
      {friends.length > 0 && (
        <ul className="grid gap-2">
          {friends.map((friend) => (
            <li key={friend.id} className="flex flex-wrap items-center gap-2">
              {t('shelf.friend.made', { moment: instant(friend.made_at) })}
              <Button size="small" look="quiet" busy={busy} onClick={() => run(() => revoke(friend.id))}>
                {t('shelf.friend.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
