import { useState } from 'react';
import { useContactKey } from '../field/contact.tsx';
import { type KeptAnswer, keepValue, keptValue, useKept } from '../field/kept.ts';
import { RecordNotice } from '../field/notices.tsx';
import { record, useAhead } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Money } from '../kit/values.tsx';
import { reveal } from './reveal.ts';
import type { CourierTask, Delivery, Run, Stop } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

const OPEN: ReadonlySet<Delivery['state']> = new Set(['assigned', 'out_for_delivery']);
export const isDone = (state: Delivery['state']): boolean => !OPEN.has(state);

/** The tour: how far it is, what is owed, off and back; and the doors in clear text for where there is no network. */
export function RunHead({ stops, left }: { readonly stops: readonly Stop[]; readonly left: number }) {
  const t = useWords(COURIER_WORDS);
  const runIds = [...new Set(stops.flatMap((stop) => stop.delivery.run_id ?? []))];
  return (
    <Card>
      <p className="mb-1 flex items-baseline justify-between gap-3">
        <span className="text-lg font-semibold">
          {t('run.progress', { done: stops.length - left, all: stops.length })}
        </span>
      </p>
      <div aria-hidden="true" className="mb-3 h-2.5 overflow-hidden rounded-full bg-sunk">
        <div
          className="h-full bg-accent"
          style={{ width: `${(100 * (stops.length - left)) / stops.length}%` }}
        />
      </div>
      <div className="grid gap-2">
        {runIds.map((id) => (
          <RunActions key={id} id={id} left={left} />
        ))}
        <Addresses stops={stops} />
      </div>
    </Card>
  );
}

function RunActions({ id, left }: { readonly id: string; readonly left: number }) {
  const t = useWords(COURIER_WORDS);
  const f = useWords(FIELD_WORDS);
  const run = useKept<Run>(['run', id], (signal) =>
    api.get('/v1/delivery-runs/{run_id}', { params: { path: { run_id: id } }, signal }),
  );
  const state = useRunState(id, run.data);
  const [isBusy, setBusy] = useState(false);
  const move = async (kind: 'depart' | 'close') => {
    setBusy(true);
    const draft = { about: id, label: run.data?.value.day ?? '', task: { kind, runId: id } } as const;
    const kept = await record<CourierTask>(draft).finally(() => setBusy(false));
    if (kept.state !== 'refused')
      toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
  };
  const cash = run.data?.value.cash.filter((one) => one.collected_minor > 0) ?? [];
  return (
    <>
      <RecordNotice about={id} />
      {cash.map(({ currency, owed_minor }) => (
        <p key={currency} className="flex justify-between gap-3">
          <span>{t('run.owed')}</span>
          <Money strong of={{ amount_minor: owed_minor, currency }} />
        </p>
      ))}
      {state === 'planned' && (
        <Button size="large" look="primary" wide busy={isBusy} onClick={() => void move('depart')}>
          {t('run.depart')}
        </Button>
      )}
      {state === 'under_way' && (
        <Button
          size="large"
          wide
          look={left === 0 ? 'primary' : 'plain'}
          busy={isBusy}
          onClick={() => void move('close')}
        >
          {left === 0 ? t('run.close') : t('run.close_left', { count: left })}
        </Button>
      )}
    </>
  );
}

/** With what is recorded here and not known to the server yet. */
export function useRunState(id: string, run: KeptAnswer<Run> | undefined): Run['state'] | undefined {
  const ahead = useAhead<CourierTask>(id, run?.at);
  if (ahead === undefined) return run?.value.state;
  return ahead.task.kind === 'depart' ? 'under_way' : 'closed';
}

/** All doors before one leaves. Each is logged; the server sets a limit by the hour. */
function Addresses({ stops }: { readonly stops: readonly Stop[] }) {
  const t = useWords(COURIER_WORDS);
  const keyOf = useContactKey();
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<unknown>();
  const wanted = stops.filter((stop) => !isDone(stop.delivery.state));
  const load = async () => {
    setDone(0);
    setError(undefined);
    try {
      for (const [index, stop] of wanted.entries()) {
        const key = keyOf(stop.delivery.id);
        if ((await keptValue(key)) === undefined) await keepValue(key, await reveal(stop.recipient_id));
        setDone(index + 1);
      }
      toast('ok', t('run.addresses_done'));
    } catch (failed) {
      setError(failed);
    }
    setDone(undefined);
  };
  if (wanted.length === 0) return null;
  return (
    <>
      <Button size="large" wide busy={done !== undefined} onClick={() => void load()}>
        {done === undefined ? t('run.addresses') : t('run.addresses_loading', { done, all: wanted.length })}
      </Button>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
