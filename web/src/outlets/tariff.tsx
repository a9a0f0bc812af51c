import type { components } from '@postroad/sdk';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Choices } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { POINT_MONEY_WORDS } from './words.ts';

type Answer = components['schemas']['PointNetworkTariff'];
type Span = components['schemas']['PointTariffSpan'];
type Work = Answer['done'][number]['work'];
type Tariff = Span['tariffs'][number]['tariff'];
type Tier = Tariff['work'][Work][number];

/** What a network is paid by: the tiers, how far it is this month, since when, and what comes next. */
export function TariffCard({ organisationId }: { readonly organisationId: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const found = useRead(['point-tariff', organisationId], (signal) =>
    api.get('/v1/point-networks/{organisation_id}/tariff', {
      params: { path: { organisation_id: organisationId } },
      signal,
    }),
  );
  return (
    <Card title={t('tariff')}>
      <Read of={found} rows={6}>
        {(answer) => <Spans of={answer} />}
      </Read>
    </Card>
  );
}

function Spans({ of }: { readonly of: Answer }) {
  const t = useWords(POINT_MONEY_WORDS);
  const { country: countryName } = useFormats();
  const known = of.in_force.tariffs.map(({ country }) => country ?? 'otherwise');
  const [chosen, setChosen] = useAddressChoice('tariff', [known[0] ?? 'otherwise', ...known.slice(1)]);
  const tariffOf = (span: Span) =>
    (
      span.tariffs.find(({ country }) => (country ?? 'otherwise') === chosen) ??
      span.tariffs.find(({ country }) => country === undefined)
    )?.tariff;
  return (
    <>
      {known.length > 1 && (
        <div className="screen-only mb-4">
          <Choices
            legend={t('tariff.country')}
            value={chosen}
            onChoice={setChosen}
            choices={known.map((one) => ({
              value: one,
              label: one === 'otherwise' ? t('tariff.otherwise') : countryName(one),
            }))}
          />
        </div>
      )}
      {[of.in_force, ...of.next].map((span, index) => {
        const tariff = tariffOf(span);
        return (
          tariff !== undefined && (
            <section key={span.version_id} className="mb-4">
              <h3 className="mb-2 font-semibold">
                {t(index === 0 ? 'tariff.now' : 'tariff.next')}{' '}
                {span.from === undefined ? t('tariff.always') : <Moment at={span.from} whole />}
              </h3>
              <Tiers of={tariff} done={index === 0 ? of.done : []} />
            </section>
          )
        );
      })}
      <p className="text-soft">{t('tariff.appeal', { days: of.in_force.appeal_days })}</p>
    </>
  );
}

function Tiers({ of, done }: { readonly of: Tariff; readonly done: Answer['done'] }) {
  const t = useWords(POINT_MONEY_WORDS);
  const { money, number, percent } = useFormats();
  const paid = ({ amount_minor, share_basis_points = 0 }: Tier) =>
    amount_minor === undefined
      ? t('tariff.share', { share: percent(share_basis_points / 10_000) })
      : money({ amount_minor, currency: of.currency });
  const countOf = (work: Work) => done.find((one) => one.work === work)?.count;
  const rows = (Object.entries(of.work) as [Work, readonly Tier[]][]).flatMap(([work, tiers]) =>
    tiers.map((tier, index) => ({ work, tier, isFirst: index === 0, until: tiers[index + 1]?.from })),
  );
  const isReached = (work: Work, { from }: Tier, until: number | undefined) => {
    const next = (countOf(work) ?? 0) + 1;
    return from <= next && (until === undefined || next < until);
  };
  return (
    <Table
      label={t('tariff')}
      rows={rows}
      rowId={({ work, tier }) => `${work} ${tier.from}`}
      columns={[
        {
          id: 'work',
          label: t('tariff.work'),
          isName: true,
          cell: ({ work }) => t(`rule.${work}`),
        },
        {
          id: 'from',
          label: t('tariff.from'),
          align: 'end',
          cell: ({ tier }) => number(tier.from),
        },
        {
          id: 'pays',
          label: t('tariff.pays'),
          align: 'end',
          cell: ({ work, tier, until }) =>
            done.length > 0 && isReached(work, tier, until) ? <strong>{paid(tier)}</strong> : paid(tier),
        },
        ...(done.length === 0
          ? []
          : [
              {
                id: 'done',
                label: t('tariff.done'),
                align: 'end' as const,
                cell: ({ work, isFirst }: (typeof rows)[number]) =>
                  isFirst ? number(countOf(work) ?? 0) : '',
              },
            ]),
      ]}
    />
  );
}
