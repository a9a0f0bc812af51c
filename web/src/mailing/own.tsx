import { useCallback, useEffect, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { said } from '../ground/said.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { Failure, Loading } from '../kit/states.tsx';
import { Notice, Status, type Tone } from '../kit/status.tsx';
import { cancelMailing, isGone, type Mailing, readMailing } from './visit.ts';
import { MAILING_WORDS } from './words.ts';

/** How often it is asked again while somebody looks. Our default. */
const AGAIN_MS = 60_000;
const TONES: Readonly<Record<Mailing['state'], Tone>> = {
  placed: 'warn',
  accepted: 'move',
  in_transit: 'move',
  delivered: 'ok',
  returned: 'warn',
  lost: 'bad',
  closed: 'idle',
};

/** One mailing as its sender sees it: what to do, the code, the receipt, and how it went. */
export function Own({ token }: { readonly token: string }) {
  const t = useWords(MAILING_WORDS);
  const [one, setOne] = useState<Mailing>();
  const [error, setError] = useState<unknown>();
  const read = useCallback(() => {
    readMailing(token).then((found) => {
      setOne(found);
      setError(undefined);
    }, setError);
  }, [token]);
  useEffect(() => {
    read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') read();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);
  useEffect(() => {
    document.title = `${t('own.title')} · Postroad`;
  }, [t]);
  if (isGone(error) && one === undefined)
    return (
      <section className="grid gap-3 rounded-lg border border-line bg-card p-5">
        <h1 className="text-xl font-semibold tracking-tight">{t('own.gone')}</h1>
        <p>{t('own.gone.hint')}</p>
        <NewOne />
      </section>
    );
  return (
    <>
      {error !== undefined && <Failure error={error} retry={read} />}
      {one === undefined ? (
        error === undefined && <Loading rows={7} />
      ) : (
        <Shown of={one} token={token} onChange={setOne} />
      )}
    </>
  );
}

/** Leaves the mailing: its address is the only key, so it stays in the browser's history. */
function NewOne() {
  const t = useWords(MAILING_WORDS);
  return (
    <p className="screen-only">
      <a
        className="inline-flex min-h-6 items-center text-accent underline pointer-coarse:min-h-11"
        href={`${location.pathname}${location.search}#`}
      >
        {t('own.new')}
      </a>
    </p>
  );
}

function Shown({
  of,
  token,
  onChange,
}: {
  readonly of: Mailing;
  readonly token: string;
  readonly onChange: (one: Mailing) => void;
}) {
  const t = useWords(MAILING_WORDS);
  const { instant } = useFormats();
  const isDoor = of.state === 'placed' && of.handover?.method === 'door';
  const state = of.close_reason === undefined ? of.state : (`closed.${of.close_reason}` as const);
  return (
    <>
      <section className="grid gap-2 rounded-lg border border-line bg-card p-5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">{of.goods.description}</h1>
          <Status tone={TONES[of.state]}>{t(`state.${of.state}`)}</Status>
        </div>
        <p>
          {t(isDoor ? 'now.placed_door' : `now.${state}`, { moment: instant(of.due_at ?? of.changed_at) })}
        </p>
        {of.state === 'placed' && <Notice tone="idle">{t('own.keep')}</Notice>}
      </section>
      {of.code !== undefined && <Code of={of} code={of.code} />}
      <What of={of} />
      <Steps of={of} />
      {of.state === 'placed' && <Cancel token={token} onChange={onChange} />}
      <NewOne />
    </>
  );
}

function Code({ of, code }: { readonly of: Mailing; readonly code: NonNullable<Mailing['code']> }) {
  const t = useWords(MAILING_WORDS);
  const { hourAt, span, money, instant } = useFormats();
  const { method, point, starts_at: startsAt, ends_at: endsAt } = of.handover ?? {};
  const isDoor = method === 'door';
  return (
    <section className="grid justify-items-center gap-3 rounded-lg border border-accent bg-card p-5 text-center">
      <h2 className="text-lg font-semibold">{t(isDoor ? 'code.title_door' : 'code.title')}</h2>
      <CodeSymbol kind="qr" text={code.qr} label={t('code.label')} />
      <p className="font-mono text-2xl font-semibold tracking-wider">{code.code}</p>
      <p>{t(isDoor ? 'code.pay_door' : 'code.pay', { price: money(of.quoted.total) })}</p>
      <div className="grid w-full gap-1 border-t border-line pt-3">
        <p className="font-semibold wrap-anywhere">{point?.name ?? t(isDoor ? 'door' : 'code.any')}</p>
        {point !== undefined && (
          <p className="wrap-anywhere">
            {[...point.address_lines, [point.postcode, point.city].filter(Boolean).join(' ')].join(', ')}
          </p>
        )}
        {isDoor && startsAt !== undefined && endsAt !== undefined && <p>{span(startsAt, endsAt)}</p>}
        {!isDoor && startsAt !== undefined && (
          <p>{t('code.hour', { moment: hourAt(startsAt, point?.zone ?? 'UTC') })}</p>
        )}
        {of.handover?.reason !== undefined && <p className="text-warn">{t('code.sent_on')}</p>}
        <p className="text-soft">{t('code.until', { moment: instant(code.expires_at) })}</p>
      </div>
      <p className="screen-only">
        <Button onClick={() => print()}>{t('code.print')}</Button>
      </p>
    </section>
  );
}

function What({ of }: { readonly of: Mailing }) {
  const t = useWords(MAILING_WORDS);
  const { money, weight, promised } = useFormats();
  const { receipt } = of;
  const facts: (readonly [label: string, value: string | undefined])[] = [
    [t('fact.to'), [of.recipient?.name, of.to.city].filter(Boolean).join(', ')],
    [t('fact.promised'), promised({ latest: of.quoted.promised_at }, of.destination_zone)],
    [t('fact.weight'), weight(receipt?.weight_grams ?? of.declared.weight_grams)],
    [t('fact.price'), money(receipt?.freight ?? of.quoted.total)],
    [t('fact.number'), receipt?.number],
    [t('fact.paid'), receipt?.paid_by && said(t, 'paid', receipt.paid_by)],
    [t('fact.mark'), receipt?.inspection_mark],
  ];
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="mb-2 text-lg font-semibold">
        {t(receipt === undefined ? 'fact.title' : 'fact.receipt')}
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {facts.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label} className="contents">
                <dt className="text-soft">{label}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

function Steps({ of }: { readonly of: Mailing }) {
  const t = useWords(MAILING_WORDS);
  const { moment } = useFormats();
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="mb-2 text-lg font-semibold">{t('steps')}</h2>
      <ol className="grid gap-1">
        {(of.steps ?? []).map(({ fact, party, occurred_at: at, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added
          <li key={index} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {said(t, 'fact_of', fact === 'accepted' && party === 'courier' ? 'accepted_door' : fact)}
              {reason !== undefined && <span className="text-soft"> · {said(t, 'why', reason)}</span>}
            </span>
            <time dateTime={at} className="text-soft">
              {moment(at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Cancel({ token, onChange }: { readonly token: string; readonly onChange: (one: Mailing) => void }) {
  const t = useWords(MAILING_WORDS);
  const [isSure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const cancel = () => {
    setBusy(true);
    setError(undefined);
    cancelMailing(token)
      .then(onChange, setError)
      .finally(() => setBusy(false));
  };
  return (
    <section className="screen-only grid gap-2">
      {error !== undefined && <Failure error={error} />}
      {isSure ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button look="danger" busy={busy} onClick={cancel}>
            {t('cancel.yes')}
          </Button>
          <Button onClick={() => setSure(false)}>{t('cancel.no')}</Button>
        </div>
      ) : (
        <p>
          <Button look="quiet" onClick={() => setSure(true)}>
            {t('cancel')}
          </Button>
        </p>
      )}
    </section>
  );
}
