import type { components } from '@postroad/sdk';
import { type ReactNode, useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Table } from '../kit/table.tsx';
import type { Service } from '../outlets/parts.tsx';
import { CoverageCurve } from './coverage-curve.tsx';
import { POINT_DESK_WORDS } from './words.ts';

type Plan = components['schemas']['CoverageRecommendations'];
type Asked = { readonly country: string; readonly service: Service; readonly division?: string };

/** Asks where the next points would give most: the sites for a map, and the card with form, curve and list. */
export function usePlan(asked: Asked): { readonly sites: Plan['sites']; readonly card: ReactNode } {
  const t = useWords(POINT_DESK_WORDS);
  const [draft, setDraft] = useState({ points: '10', radius: '5000', weight: '100' });
  const field = (name: keyof typeof draft) => ({
    type: 'number',
    required: true,
    value: draft[name],
    onText: (text: string) => setDraft({ ...draft, [name]: text }),
  });
  const act = useAct(() =>
    api.post('/v1/coverage/recommendations', {
      body: {
        ...asked,
        points: Number(draft.points),
        radius_meters: Number(draft.radius),
        unserved_weight: Number(draft.weight),
      },
    }),
  );
  const errors = fieldErrors(act.error);
  const card = (
    <Card title={t('plan.title')}>
      <ActForm act={act} submit={t('plan.run')}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('plan.points')} error={errors['/points']}>
            <Input min={1} max={200} {...field('points')} />
          </Field>
          <Field label={t('plan.radius')} error={errors['/radius_meters']}>
            <Input min={500} max={20_000} {...field('radius')} />
          </Field>
          <Field label={t('plan.weight')} error={errors['/unserved_weight']}>
            <Input min={0} max={10_000} {...field('weight')} />
          </Field>
        </div>
      </ActForm>
      {act.data && <Sites of={act.data} />}
    </Card>
  );
  return { sites: act.data?.sites ?? [], card };
}

function Sites({ of }: { readonly of: Plan }) {
  const t = useWords(POINT_DESK_WORDS);
  const { number, percent } = useFormats();
  const last = of.sites.at(-1);
  if (last === undefined) return <p className="mt-4">{t('plan.none')}</p>;
  const before = of.total === 0 ? 0 : of.covered_before / of.total;
  return (
    <div className="mt-6 grid gap-4">
      <h3 className="font-semibold">{t('plan.curve')}</h3>
      <p className="text-soft">
        {t('plan.curve_lead', { before: percent(before), after: percent(last.covered_share) })}
      </p>
      <CoverageCurve
        label={t('plan.curve')}
        before={before}
        points={of.sites.map((site) => ({ covered: site.covered_share, bound: site.bound_share }))}
        percent={percent}
      />
      <Table
        label={t('plan.sites')}
        rows={of.sites}
        rowId={(one) => String(one.rank)}
        columns={[
          {
            id: 'site',
            label: t('plan.site'),
            isName: true,
            cell: (one) => `${number(one.rank)}. ${one.name}`,
          },
          { id: 'kind', label: t('plan.kind'), cell: (one) => t(`plan.kind.${one.kind}`) },
          {
            id: 'position',
            label: t('coverage.cell'),
            cell: ({ position }) =>
              position && (
                <span className="number text-sm">{`${position.latitude}, ${position.longitude}`}</span>
              ),
          },
          { id: 'gain', label: t('plan.gain'), align: 'end', cell: (one) => number(one.gain) },
          {
            id: 'covered',
            label: t('plan.covered'),
            align: 'end',
            cell: (one) => percent(one.covered_share),
          },
          { id: 'bound', label: t('plan.bound'), align: 'end', cell: (one) => percent(one.bound_share) },
        ]}
      />
    </div>
  );
}
