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
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { CountryField } from '../office/country-field.tsx';
import { CUSTOMER_REASONS, type CustomerReason, DOOR_REASONS, type DoorReason } from './block-reasons.ts';
import { VISIT_WORDS } from './words.ts';

type Block = components['schemas']['PickupBlock'];

/** Where this carrier's couriers do not go. */
export function Blocks() {
  const t = useWords(VISIT_WORDS);
  const blocks = usePages<Block>(['pickup-blocks'], (cursor, signal) =>
    api.get('/v1/pickup-blocks', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('blocks.title')} lead={t('blocks.lead')}>
      <Card>
        <Read of={blocks.query}>
          {() =>
            blocks.items.length === 0 ? (
              <Empty title={t('blocks.none')} hint={t('blocks.none_hint')} />
            ) : (
              <BlockTable rows={blocks.items} />
            )
          }
        </Read>
        <Pager of={blocks} />
      </Card>
      <NewBlock />
    </Page>
  );
}

function BlockTable({ rows }: { readonly rows: readonly Block[] }) {
  const t = useWords(VISIT_WORDS);
  const { country } = useFormats();
  const lift = useAct(
    (id: string) => api.delete('/v1/pickup-blocks/{block_id}', { params: { path: { block_id: id } } }),
    { touches: [['pickup-blocks']], done: () => toast('ok', t('block.lifted')) },
  );
  const whatOf = (one: Block) => {
    const organisation = one.blocked_organisation_id ?? '';
    if (one.kind === 'user') return t('block.customer', { organisation });
    if (one.postcode === undefined) return t('block.door', { organisation });
    return [one.postcode, one.country && country(one.country)].filter(Boolean).join(', ');
  };
  return (
    <>
      {lift.error && <Failure error={lift.error} />}
      <Table
        label={t('blocks.title')}
        rows={rows}
        rowId={(one) => one.id}
        columns={[
          { id: 'what', label: t('block.what'), isName: true, cell: whatOf },
          { id: 'reason', label: t('block.reason'), cell: (one) => <BlockReason of={one.reason} /> },
          { id: 'detail', label: t('block.detail'), cell: (one) => one.detail ?? '–' },
          { id: 'since', label: t('block.since'), cell: (one) => <Moment at={one.created_at} /> },
          {
            id: 'lift',
            label: t('block.lift'),
            cell: (one) => (
              <Button
                size="small"
                busy={lift.isPending && lift.variables === one.id}
                onClick={() => lift.mutate(one.id)}
              >
                {t('block.lift')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}

function BlockReason({ of }: { readonly of: string }) {
  const t = useWords(VISIT_WORDS);
  const known = [...DOOR_REASONS, ...CUSTOMER_REASONS].find((one) => one === of);
  return <>{known === undefined ? of : t(`block.why.${known}`)}</>;
}

function NewBlock() {
  const t = useWords(VISIT_WORDS);
  const [kind, setKind] = useState<'postcode' | 'user'>('postcode');
  const [draft, setDraft] = useState({ country: 'CN', postcode: '', organisation: '', detail: '' });
  const [doorReason, setDoorReason] = useState<DoorReason>('security_refuse');
  const [customerReason, setCustomerReason] = useState<CustomerReason>('malicious_orders');
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const act = useAct(
    () => {
      const detail = draft.detail.trim() === '' ? {} : { detail: draft.detail.trim() };
      return api.post('/v1/pickup-blocks', {
        body:
          kind === 'postcode'
            ? { kind, country: draft.country, postcode: draft.postcode.trim(), reason: doorReason, ...detail }
            : { kind, organisation_id: draft.organisation.trim(), reason: customerReason, ...detail },
      });
    },
    {
      touches: [['pickup-blocks']],
      done: () => {
        setDraft({ ...draft, postcode: '', organisation: '', detail: '' });
        toast('ok', t('block.added'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('block.new')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('block.what')}>
          <Select
            value={kind}
            onChoice={setKind}
            choices={(['postcode', 'user'] as const).map((one) => ({
              value: one,
              label: t(`block.kind.${one}`),
            }))}
          />
        </Field>
        {kind === 'postcode' ? (
          <>
            <CountryField
              label={t('block.country')}
              value={draft.country}
              onCountry={(country) => set({ country })}
              error={errors['/country']}
            />
            <Field label={t('block.postcode')} error={errors['/postcode']}>
              <Input
                required
                maxLength={20}
                value={draft.postcode}
                onText={(postcode) => set({ postcode })}
              />
            </Field>
            <Field label={t('block.reason')}>
              <Select
                value={doorReason}
                onChoice={setDoorReason}
                choices={DOOR_REASONS.map((one) => ({ value: one, label: t(`block.why.${one}`) }))}
              />
            </Field>
          </>
        ) : (
          <>
            <Field
              label={t('block.organisation')}
              hint={t('block.organisation_hint')}
              error={errors['/organisation_id']}
            >
              <Input
                mono
                required
                value={draft.organisation}
                onText={(organisation) => set({ organisation })}
              />
            </Field>
            <Field label={t('block.reason')}>
              <Select
                value={customerReason}
                onChoice={setCustomerReason}
                choices={CUSTOMER_REASONS.map((one) => ({ value: one, label: t(`block.why.${one}`) }))}
              />
            </Field>
          </>
        )}
        <Field label={t('block.detail')} error={errors['/detail']}>
          <Input maxLength={200} value={draft.detail} onText={(detail) => set({ detail })} />
        </Field>
        <div className="grid justify-items-start gap-3 sm:col-span-3">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('block.add')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
