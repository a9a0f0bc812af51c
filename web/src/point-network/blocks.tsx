import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { CountryField } from '../office/country-field.tsx';
import { NETWORK_OFFICE_WORDS } from './words.ts';

type Block = components['schemas']['PointBlock'];
type NewBlockBody = components['schemas']['PointBlockInput'];
type PlaceReason = Extract<NewBlockBody, { kind: 'postcode' }>['reason'];
type PersonReason = Extract<NewBlockBody, { kind: 'phone' }>['reason'];
const PERSON_REASONS = everyWord<PersonReason>({
  malicious_orders: true,
  malicious_complaints: true,
  extortion: true,
  abuse: true,
  other: true,
});
const PLACE_REASONS = everyWord<PlaceReason>({
  need_swipe_card: true,
  security_refuse: true,
  unit: true,
  factory: true,
  urban_village: true,
  village: true,
  transit_warehouse: true,
  collection_point: true,
  school: true,
  other: true,
});

const REASONS = [...PLACE_REASONS, ...PERSON_REASONS];

/** Places and persons that no outlet of the network serves. */
export function Blocks() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const { country } = useFormats();
  const blocks = usePages<Block>(['point-blocks'], (cursor, signal) =>
    api.get('/v1/point-blocks', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const lift = useAct(
    (id: string) => api.delete('/v1/point-blocks/{block_id}', { params: { path: { block_id: id } } }),
    { touches: [['point-blocks']], done: () => toast('ok', t('block.lifted')) },
  );
  const reasonOf = (reason: string) => {
    const known = REASONS.find((one) => one === reason);
    return known === undefined ? reason : t(`block.why.${known}`);
  };
  return (
    <Page title={t('blocks.title')} lead={t('blocks.lead')}>
      <Card>
        {lift.error && <Failure error={lift.error} />}
        <PagedTable
          of={blocks}
          empty={<Empty title={t('blocks.none')} hint={t('blocks.none_hint')} />}
          label={t('blocks.title')}
          rowId={(one) => one.id}
          columns={[
            {
              id: 'what',
              label: t('block.kind'),
              isName: true,
              cell: (one) => `${t(`block.kind.${one.kind}`)} ${one.division_code ?? one.postcode ?? ''}`,
            },
            { id: 'country', label: t('block.country'), cell: (one) => country(one.country) },
            { id: 'reason', label: t('block.reason'), cell: (one) => reasonOf(one.reason) },
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
      </Card>
      <NewBlock />
    </Page>
  );
}

/** An address has a form of its own; it is blocked by API. */
const KINDS = ['postcode', 'division', 'phone'] as const;
const KEY_LABELS = {
  postcode: 'block.postcode',
  division: 'block.division',
  phone: 'block.kind.phone',
} as const;

function NewBlock() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('postcode');
  const [placeReason, setPlaceReason] = useState<PlaceReason>('security_refuse');
  const [personReason, setPersonReason] = useState<PersonReason>('malicious_orders');
  const [draft, setDraft] = useState({ country: 'CN', code: '', detail: '' });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const act = useAct(
    () => {
      const shared = {
        country: draft.country,
        ...(draft.detail.trim() === '' ? {} : { detail: draft.detail.trim() }),
      };
      const code = draft.code.trim();
      const bodies = {
        postcode: { ...shared, kind: 'postcode', postcode: code, reason: placeReason },
        division: { ...shared, kind: 'division', division_code: code, reason: placeReason },
        phone: { ...shared, kind: 'phone', phone: code, reason: personReason },
      } as const;
      return api.post('/v1/point-blocks', { body: bodies[kind] });
    },
    {
      touches: [['point-blocks']],
      done: () => {
        setDraft({ ...draft, code: '', detail: '' });
        toast('ok', t('block.added'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('block.new')}>
      <ActForm act={act} submit={t('block.add')}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('block.kind')}>
            <Select
              value={kind}
              onChoice={setKind}
              choices={KINDS.map((one) => ({ value: one, label: t(`block.kind.${one}`) }))}
            />
          </Field>
          <CountryField
            label={t('block.country')}
            value={draft.country}
            onCountry={(country) => set({ country })}
            error={errors['/country']}
          />
          <Field
            label={t(KEY_LABELS[kind])}
            hint={kind === 'phone' ? t('block.phone_hint') : undefined}
            error={errors['/postcode'] ?? errors['/division_code'] ?? errors['/phone']}
          >
            <Input
              mono
              required
              maxLength={kind === 'phone' ? 40 : 20}
              value={draft.code}
              onText={(code) => set({ code })}
            />
          </Field>
          <Field label={t('block.reason')}>
            {kind === 'phone' ? (
              <Select
                value={personReason}
                onChoice={setPersonReason}
                choices={PERSON_REASONS.map((one) => ({ value: one, label: t(`block.why.${one}`) }))}
              />
            ) : (
              <Select
                value={placeReason}
                onChoice={setPlaceReason}
                choices={PLACE_REASONS.map((one) => ({ value: one, label: t(`block.why.${one}`) }))}
              />
            )}
          </Field>
          <Field label={t('block.detail')} error={errors['/detail']}>
            <Input maxLength={200} value={draft.detail} onText={(detail) => set({ detail })} />
          </Field>
        </div>
      </ActForm>
    </Card>
  );
}
