import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import type { Pickup } from '../parcels/states.tsx';
import { VISIT_WORDS } from './words.ts';

type Courier = components['schemas']['Courier'];
/** Why another courier comes (network/pickups/model.ts). */
const REASONS = ['service_desk', 'courier_transfer', 'other'] as const;
type Reason = (typeof REASONS)[number];

async function allCouriers(signal: AbortSignal): Promise<readonly Courier[]> {
  const all: Courier[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await api.get('/v1/couriers', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    all.push(...page.data);
    if (page.next_cursor === undefined) return all;
    cursor = page.next_cursor;
  }
}

/** Sends a courier to a visit; another one with the reason. Only those who are on duty and serve its area may come. */
export function Assign({ visit }: { readonly visit: Pickup }) {
  const t = useWords(VISIT_WORDS);
  const couriers = useRead(['couriers', 'all'], allCouriers);
  const isAgain = visit.courier_id !== undefined;
  return (
    <Card title={t(isAgain ? 'assign.again' : 'assign.title')}>
      <Read of={couriers} rows={2}>
        {(all) => {
          const able = all.filter(
            (one) => one.is_on && one.area_ids.includes(visit.area_id) && one.id !== visit.courier_id,
          );
          return able.length === 0 ? (
            <p className="text-soft">{t(isAgain ? 'assign.nobody_else' : 'assign.nobody')}</p>
          ) : (
            <AssignForm visit={visit} couriers={able} />
          );
        }}
      </Read>
    </Card>
  );
}

function AssignForm({ visit, couriers }: { readonly visit: Pickup; readonly couriers: readonly Courier[] }) {
  const t = useWords(VISIT_WORDS);
  const [courier, setCourier] = useState('');
  const [reason, setReason] = useState<Reason>('service_desk');
  const isAgain = visit.courier_id !== undefined;
  const act = useAct(
    () =>
      api.post('/v1/pickups/{pickup_id}/assignment', {
        params: { path: { pickup_id: visit.id } },
        body: { courier_id: courier, ...(isAgain ? { reason } : {}) },
      }),
    { touches: [['pickups']], done: () => toast('ok', t('assign.done')) },
  );
  return (
    <form
      className="grid gap-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined);
      }}
    >
      <Field label={t('visit.courier')}>
        <Select
          required
          value={courier}
          onChoice={setCourier}
          choices={[
            { value: '', label: t('assign.choose') },
            ...couriers.map((one) => ({
              value: one.id as string,
              label: [one.name, one.phone_tail].filter(Boolean).join(' · '),
            })),
          ]}
        />
      </Field>
      {isAgain && (
        <Field label={t('assign.why')}>
          <Select
            value={reason}
            onChoice={setReason}
            choices={REASONS.map((one) => ({ value: one, label: t(`why.${one}`) }))}
          />
        </Field>
      )}
      <Button type="submit" look="primary" busy={act.isPending}>
        {t('assign.do')}
      </Button>
      {act.error && (
        <div className="sm:col-span-3">
          <Failure error={act.error} />
        </div>
      )}
    </form>
  );
}
