import { useState } from 'react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { type KeptAnswer, useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { isAhead, useQueue } from '../field/queue.ts';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useAddressWord } from '../ground/address.ts';
import { api, isProblem } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Day, Money } from '../kit/values.tsx';
import { isDone, RunHead } from './run-head.tsx';
import { ShownState } from './shown-state.tsx';
import type { Stop } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

type Stops = { readonly day: string; readonly stops: readonly Stop[] };

/** The day's stops, asked for anew now and then. `courier_unknown`: the office has not bound this person yet. */
export function useStops(day: string) {
  return useKept<Stops>(
    ['stops', day],
    (signal) =>
      api.get('/v1/courier/deliveries', {
        params: { query: day === '' ? {} : { day } },
        signal,
      }) as Promise<Stops>,
    { everyMs: 60_000 },
  );
}

export function Run() {
  const t = useWords(COURIER_WORDS);
  const [day, setDay] = useAddressWord('day');
  const stops = useStops(day);
  const shown = stops.data?.value.day;
  if (isProblem(stops.error, 'courier_unknown'))
    return (
      <Page title={t('run.title')}>
        <Empty title={t('run.not_bound')} hint={t('run.not_bound_hint')} />
      </Page>
    );
  return (
    <Page
      title={t('run.title')}
      lead={
        shown && (
          <span className="flex items-center gap-1">
            <Button
              size="large"
              look="quiet"
              aria-label={t('run.day_before')}
              onClick={() => setDay(dayOff(shown, -1))}
            >
              ‹
            </Button>
            <Day of={shown} />
            <Button
              size="large"
              look="quiet"
              aria-label={t('run.day_after')}
              onClick={() => setDay(dayOff(shown, 1))}
            >
              ›
            </Button>
          </span>
        )
      }
    >
      <Read of={stops} rows={8}>
        {(answer) => <Stops answer={answer} />}
      </Read>
    </Page>
  );
}

export function dayOff(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function Stops({ answer }: { readonly answer: KeptAnswer<Stops> }) {
  const t = useWords(COURIER_WORDS);
  const f = useWords(FIELD_WORDS);
  const [unknown, setUnknown] = useState<string>();
  const { stops } = answer.value;
  const { records } = useQueue();
  const onCode = (code: string) => {
    const number = numberIn(
      code,
      stops.map((stop) => stop.delivery.number),
    );
    const stop = stops.find((one) => one.delivery.number === number);
    if (stop === undefined) setUnknown(code);
    else navigate(`/courier/stops/${stop.delivery.id}`);
  };
  if (stops.length === 0)
    return (
      <>
        <KeptNotice of={answer} />
        <Empty title={t('run.none')} hint={t('run.none_hint')} />
      </>
    );
  const recorded = new Set(records.filter((one) => isAhead(one, answer.at)).map((one) => one.about));
  const open = stops.filter(({ delivery }) => !isDone(delivery.state) && !recorded.has(delivery.id));
  const done = stops.filter((stop) => !open.includes(stop));
  return (
    <>
      <KeptNotice of={answer} />
      <RunHead stops={stops} left={open.length} />
      <ScanBox onCode={onCode} />
      {unknown !== undefined && (
        <div className="mb-4">
          <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
        </div>
      )}
      <StopList label={t('run.open', { count: open.length })} stops={open} />
      {done.length > 0 && <StopList label={t('run.done', { count: done.length })} stops={done} />}
    </>
  );
}

function StopList({ label, stops }: { readonly label: string; readonly stops: readonly Stop[] }) {
  return (
    <section className="mb-5">
      <h2 className="mb-2 text-lg font-semibold">{label}</h2>
      <ul className="grid gap-2">
        {stops.map((stop) => (
          <li key={stop.delivery.id}>
            <StopLine stop={stop} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function StopLine({ stop }: { readonly stop: Stop }) {
  const t = useWords(COURIER_WORDS);
  const { delivery } = stop;
  return (
    <Link
      href={`/courier/stops/${delivery.id}`}
      className="grid min-h-16 grid-cols-[2.25rem_1fr] items-center gap-x-2 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
    >
      <span className="text-xl font-semibold" aria-hidden="true">
        {delivery.stop}
      </span>
      <span className="grid min-w-0 gap-1">
        <span className="flex flex-wrap items-center justify-between gap-x-2">
          <span className="text-lg font-medium">{stop.recipient_name ?? delivery.to.city}</span>
          <ShownState delivery={delivery} />
        </span>
        <span className="wrap-anywhere text-soft">{stop.address_lines.join(', ')}</span>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="number text-sm">{delivery.number}</span>
          {stop.cash_due && (
            <Status tone="warn">
              {t('stop.cash')} <Money of={stop.cash_due} />
            </Status>
          )}
          {stop.pin_required && <Status tone="idle">{t('stop.pin_required')}</Status>}
        </span>
      </span>
    </Link>
  );
}
