import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { rateOf, textOfRate } from './rate-text.ts';
import { DESK_WORDS } from './words.ts';

type Rate = components['schemas']['ExchangeRate'];
const CURRENCY = /^[A-Z]{3}$/;

/** Exchange rates as they were entered, the newest first. A correction is a new entry: none is ever changed. */
export function Rates() {
  const t = useWords(DESK_WORDS);
  const may = useMay();
  const [from, setFrom] = useAddressWord('from');
  const [to, setTo] = useAddressWord('to');
  const pair = {
    ...(CURRENCY.test(from) ? { from } : {}),
    ...(CURRENCY.test(to) ? { to } : {}),
  };
  const rates = usePages<Rate>(['exchange-rates', pair.from, pair.to], (cursor, signal) =>
    api.get('/v1/exchange-rates', {
      params: {
        query: { limit: 50, order: 'newest', ...pair, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  const filter = { mono: true, maxLength: 3, placeholder: 'EUR' } as const;
  return (
    <Page title={t('rates.title')} lead={t('rates.lead')}>
      {may('enterExchangeRate') && <NewRate />}
      <Card>
        <div className="screen-only mb-3 grid max-w-80 grid-cols-2 gap-3">
          <Field label={t('rates.from')}>
            <Input {...filter} value={from} onText={(text) => setFrom(text.trim().toUpperCase())} />
          </Field>
          <Field label={t('rates.to')}>
            <Input {...filter} value={to} onText={(text) => setTo(text.trim().toUpperCase())} />
          </Field>
        </div>
        <Read of={rates.query} rows={6}>
          {() =>
            rates.items.length === 0 ? (
              <Empty title={t('rates.none')} hint={t('rates.none_hint')} />
            ) : (
              <RateTable rows={rates.items} />
            )
          }
        </Read>
        <Pager of={rates} />
      </Card>
    </Page>
  );
}

function RateTable({ rows }: { readonly rows: readonly Rate[] }) {
  const t = useWords(DESK_WORDS);
  const now = new Date().toISOString();
  const stateOf = (rate: Rate) =>
    rate.valid_until <= now ? 'past' : rate.valid_from > now ? 'coming' : 'valid';
  const tones = { past: 'idle', coming: 'move', valid: 'ok' } as const;
  return (
    <Table
      label={t('rates.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'pair',
          label: t('rates.pair'),
          isName: true,
          cell: (one) => <span className="number">{`${one.from} → ${one.to}`}</span>,
        },
        {
          id: 'state',
          label: t('state'),
          cell: (one) => <Status tone={tones[stateOf(one)]}>{t(`rates.${stateOf(one)}`)}</Status>,
        },
        {
          id: 'rate',
          label: t('rates.rate'),
          align: 'end',
          cell: (one) => <span className="number">{textOfRate(one.rate_e8)}</span>,
        },
        {
          id: 'market',
          label: t('rates.market'),
          align: 'end',
          cell: (one) => <span className="number">{textOfRate(one.market_rate_e8)}</span>,
        },
        { id: 'since', label: t('rates.since'), cell: (one) => <Moment at={one.valid_from} /> },
        { id: 'until', label: t('rates.until'), cell: (one) => <Moment at={one.valid_until} /> },
        { id: 'source', label: t('rates.source'), cell: (one) => one.source },
        { id: 'entered', label: t('rates.entered'), cell: (one) => <Moment at={one.entered_at} /> },
      ]}
    />
  );
}

const EMPTY = { from: '', to: '', rate: '', market: '', since: '', until: '', source: '' };

function NewRate() {
  const t = useWords(DESK_WORDS);
  const [draft, setDraft] = useState(EMPTY);
  const set = (name: keyof typeof EMPTY) => (value: string) => setDraft({ ...draft, [name]: value });
  const act = useAct(
    () =>
      api.post('/v1/exchange-rates', {
        body: {
          from: draft.from,
          to: draft.to,
          rate_e8: rateOf(draft.rate),
          ...(draft.market === '' ? {} : { market_rate_e8: rateOf(draft.market) }),
          valid_from: `${draft.since}T00:00:00Z`,
          valid_until: `${draft.until}T00:00:00Z`,
          source: draft.source.trim(),
        },
      }),
    {
      touches: [['exchange-rates']],
      done: () => {
        setDraft(EMPTY);
        toast('ok', t('rates.done'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  const currency = { required: true, mono: true, maxLength: 3, pattern: '[A-Z]{3}' } as const;
  const rate = { inputMode: 'decimal', pattern: '\\d{1,7}([.,]\\d{1,8})?' } as const;
  return (
    <Card title={t('rates.enter')}>
      <form
        className="grid gap-4 sm:grid-cols-4"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('rates.from_one')} error={errors['/from']}>
          <Input {...currency} value={draft.from} onText={(text) => set('from')(text.trim().toUpperCase())} />
        </Field>
        <Field label={t('rates.to_one')} error={errors['/to']}>
          <Input {...currency} value={draft.to} onText={(text) => set('to')(text.trim().toUpperCase())} />
        </Field>
        <Field label={t('rates.rate')} hint={t('rates.rate_hint')} error={errors['/rate_e8']}>
          <Input {...rate} required value={draft.rate} onText={set('rate')} />
        </Field>
        <Field label={t('rates.market')} hint={t('rates.market_hint')} error={errors['/market_rate_e8']}>
          <Input {...rate} value={draft.market} onText={set('market')} />
        </Field>
        <Field label={t('rates.since_day')} error={errors['/valid_from']}>
          <Input type="date" required value={draft.since} onText={set('since')} />
        </Field>
        <Field label={t('rates.until_day')} error={errors['/valid_until']}>
          <Input type="date" required min={draft.since} value={draft.until} onText={set('until')} />
        </Field>
        <Field label={t('rates.source')} hint={t('rates.source_hint')} error={errors['/source']}>
          <Input required maxLength={120} value={draft.source} onText={set('source')} />
        </Field>
        <div className="grid justify-items-start gap-3 sm:col-span-4">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('rates.do')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
