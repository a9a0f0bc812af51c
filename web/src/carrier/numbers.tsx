import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { useOwnCode } from './own-code.ts';
import { CARRIER_WORDS } from './words.ts';

type Segment = components['schemas']['NumberSegment'];
const RULES: readonly Segment['check_rule'][] = ['mod11', 's10', 'mod10', 'mod7', 'mod37', 'luhn', 'none'];
const TONES = { open: 'ok', low: 'warn', closed: 'idle' } as const;

const stateOf = ({ closed_at, stock, low_water_percent }: Segment): keyof typeof TONES => {
  if (closed_at !== undefined) return 'closed';
  return stock.available * 100 < stock.size * low_water_percent ? 'low' : 'open';
};

export function Numbers() {
  const t = useWords(CARRIER_WORDS);
  const segments = usePages<Segment>(['number-segments'], (cursor, signal) =>
    api.get('/v1/number-segments', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('menu.numbers')}>
      <Card>
        <Read of={segments.query}>
          {() =>
            segments.items.length === 0 ? (
              <Empty title={t('number.none')} hint={t('number.none_hint')} />
            ) : (
              <SegmentTable rows={segments.items} />
            )
          }
        </Read>
        <Pager of={segments} />
      </Card>
      <Load />
    </Page>
  );
}

function SegmentTable({ rows }: { readonly rows: readonly Segment[] }) {
  const t = useWords(CARRIER_WORDS);
  const { number } = useFormats();
  const close = useAct(
    (id: string) =>
      api.post('/v1/number-segments/{segment_id}/closure', { params: { path: { segment_id: id } } }),
    { touches: [['number-segments']], done: () => toast('ok', t('number.closed')) },
  );
  const counts = (['available', 'used', 'printed', 'cancelled', 'lost'] as const).map((name) => ({
    id: name,
    label: t(`number.${name}`),
    align: 'end' as const,
    cell: (one: Segment) => number(one.stock[name]),
  }));
  return (
    <>
      {close.error && <Failure error={close.error} />}
      <Table
        label={t('menu.numbers')}
        rows={rows}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'range',
            label: t('number.segment'),
            isName: true,
            cell: (one) => (
              <span className="number">
                {one.prefix}
                {one.from_serial} – {one.prefix}
                {one.to_serial} {one.suffix}
              </span>
            ),
          },
          {
            id: 'state',
            label: t('number.state'),
            cell: (one) => <Status tone={TONES[stateOf(one)]}>{t(`number.state.${stateOf(one)}`)}</Status>,
          },
          ...counts,
          {
            id: 'close',
            label: t('number.close'),
            cell: (one) =>
              one.closed_at === undefined ? (
                <Button
                  size="small"
                  look="danger"
                  busy={close.isPending && close.variables === one.id}
                  onClick={() => close.mutate(one.id)}
                >
                  {t('number.close')}
                </Button>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </>
  );
}

const EMPTY = { prefix: '', suffix: '', digits: '11', from: '', to: '', low: '20' };

function Load() {
  const t = useWords(CARRIER_WORDS);
  const code = useOwnCode();
  const [draft, setDraft] = useState(EMPTY);
  const [rule, setRule] = useState<Segment['check_rule']>('mod11');
  const set = (change: Partial<typeof EMPTY>) => setDraft({ ...draft, ...change });
  const act = useAct(
    () =>
      api.post('/v1/number-segments', {
        body: {
          carrier_code: code ?? '',
          prefix: draft.prefix.trim(),
          suffix: draft.suffix.trim(),
          digits: Number(draft.digits),
          from_serial: Number(draft.from),
          to_serial: Number(draft.to),
          check_rule: rule,
          low_water_percent: Number(draft.low),
        },
      }),
    {
      touches: [['number-segments']],
      done: () => {
        setDraft(EMPTY);
        toast('ok', t('number.loaded'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  const whole = { required: true, inputMode: 'numeric', pattern: '[0-9]+' } as const;
  return (
    <Card title={t('number.load')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('number.prefix')} error={errors['/prefix']}>
          <Input mono maxLength={12} value={draft.prefix} onText={(prefix) => set({ prefix })} />
        </Field>
        <Field label={t('number.suffix')} error={errors['/suffix']}>
          <Input mono maxLength={12} value={draft.suffix} onText={(suffix) => set({ suffix })} />
        </Field>
        <Field label={t('number.digits')} error={errors['/digits']}>
          <Input {...whole} value={draft.digits} onText={(digits) => set({ digits })} />
        </Field>
        <Field label={t('number.from')} error={errors['/from_serial']}>
          <Input {...whole} value={draft.from} onText={(from) => set({ from })} />
        </Field>
        <Field label={t('number.to')} error={errors['/to_serial']}>
          <Input {...whole} value={draft.to} onText={(to) => set({ to })} />
        </Field>
        <Field label={t('number.check')} error={errors['/check_rule']}>
          <Select
            value={rule}
            onChoice={setRule}
            choices={RULES.map((one) => ({ value: one, label: one }))}
          />
        </Field>
        <Field label={t('number.low')} error={errors['/low_water_percent']}>
          <Input {...whole} value={draft.low} onText={(low) => set({ low })} />
        </Field>
        <div className="grid justify-items-start gap-3 sm:col-span-3">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" disabled={code === undefined} busy={act.isPending}>
            {t('number.load_do')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
