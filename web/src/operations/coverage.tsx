import type { components } from '@postroad/sdk';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { WorldMapLater } from '../kit/map.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { CountryField } from '../office/country-field.tsx';
import { SERVICES, type Service } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { usePlan } from './coverage-plan.tsx';
import { POINT_DESK_WORDS } from './words.ts';

type Covered = components['schemas']['PointCoverage'];
const SHOWN_CELLS = 20;
const NEAR_METERS = 5_000;

/** Who has a point near, where demand found none, and where the next ones would give most. */
export function Coverage() {
  const t = useWords(POINT_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const [country, setCountry] = useAddressWord('country');
  const [word, setService] = useAddressWord('service');
  const [division, setDivision] = useAddressWord('division');
  const service: Service = SERVICES.find((one) => one === word) ?? 'collect';
  const asked = {
    country: country || 'CN',
    service,
    ...(division === '' ? {} : { division }),
  };
  const coverage = useRead(['coverage', asked], (signal) =>
    api.get('/v1/coverage', { params: { query: asked }, signal }),
  );
  const codes = useRead(['coverage', 'divisions', asked.country, service], async (signal) => {
    const whole = await api.get('/v1/coverage', {
      params: { query: { country: asked.country, service } },
      signal,
    });
    return whole.divisions.map((one) => one.division_code).sort();
  });
  return (
    <Page title={t('coverage.title')} lead={t('coverage.lead')}>
      <Card>
        <div className="screen-only grid gap-4 sm:max-w-3xl sm:grid-cols-3">
          <CountryField
            label={t('coverage.country')}
            value={asked.country}
            onCountry={(code) => {
              setDivision('');
              setCountry(code);
            }}
          />
          <Field label={t('coverage.service')}>
            <Select
              value={service}
              onChoice={setService}
              choices={SERVICES.map((one) => ({ value: one, label: o(`service.${one}`) }))}
            />
          </Field>
          <Field label={t('coverage.division')}>
            <Select
              value={division}
              onChoice={setDivision}
              choices={[
                { value: '', label: t('coverage.all') },
                ...(codes.data ?? (division === '' ? [] : [division])).map((one) => ({
                  value: one,
                  label: one,
                })),
              ]}
            />
          </Field>
        </div>
      </Card>
      <Read of={coverage} rows={8}>
        {(one) => <Desk of={one} key={JSON.stringify(asked)} asked={asked} />}
      </Read>
    </Page>
  );
}

function Desk({
  of,
  asked,
}: {
  readonly of: Covered;
  readonly asked: { readonly country: string; readonly service: Service; readonly division?: string };
}) {
  const t = useWords(POINT_DESK_WORDS);
  const { sites, card } = usePlan(asked);
  const most = Math.max(1, ...of.unserved.map(({ demands }) => demands));
  const points = [
    ...of.unserved.map(({ position, demands }) => ({
      id: `cell ${position.latitude} ${position.longitude}`,
      tone: 'bad',
      size: 8 + 16 * Math.sqrt(demands / most),
      ...position,
    })),
    ...sites.flatMap(({ rank, position }) =>
      position === undefined ? [] : [{ id: `site ${rank}`, tone: 'accent', size: 11, ...position }],
    ),
  ];
  return (
    <>
      <Shares of={of} />
      <Card title={t('coverage.map')}>
        <WorldMapLater points={points} className="h-96" />
        <p className="mt-2 text-sm text-soft">{t('coverage.map_hint')}</p>
      </Card>
      {card}
      <Unserved of={of} />
      {of.divisions.length > 1 && <Divisions of={of} />}
    </>
  );
}

function Shares({ of }: { readonly of: Covered }) {
  const t = useWords(POINT_DESK_WORDS);
  const { percent, distance } = useFormats();
  const share = (is: number, count: number) => t('coverage.share', { share: percent(is), count });
  return (
    <Card title={t('coverage.shares')}>
      <p className="mb-3 text-soft">
        {t('coverage.counted', { places: of.places, villages: of.villages, people: of.people })}
      </p>
      <Table
        label={t('coverage.shares')}
        rows={of.within}
        rowId={(one) => String(one.meters)}
        columns={[
          { id: 'within', label: t('coverage.within'), isName: true, cell: (one) => distance(one.meters) },
          {
            id: 'people',
            label: t('coverage.people'),
            align: 'end',
            cell: (one) => share(one.people_share, one.people),
          },
          {
            id: 'places',
            label: t('coverage.places'),
            align: 'end',
            cell: (one) => share(one.places_share, one.places),
          },
          {
            id: 'villages',
            label: t('coverage.villages'),
            align: 'end',
            cell: (one) => share(one.villages_share, one.villages),
          },
        ]}
      />
    </Card>
  );
}

function Unserved({ of }: { readonly of: Covered }) {
  const t = useWords(POINT_DESK_WORDS);
  const { number } = useFormats();
  return (
    <Card title={t('coverage.unserved')}>
      <p className="mb-3 text-soft">{t('coverage.unserved_lead')}</p>
      {of.unserved.length === 0 ? (
        <p>{t('coverage.unserved_none')}</p>
      ) : (
        <Table
          label={t('coverage.unserved')}
          rows={of.unserved.slice(0, SHOWN_CELLS)}
          rowId={({ position }) => `${position.latitude} ${position.longitude}`}
          columns={[
            {
              id: 'cell',
              label: t('coverage.cell'),
              isName: true,
              cell: ({ position }) => (
                <span className="number">{`${position.latitude}, ${position.longitude}`}</span>
              ),
            },
            {
              id: 'demands',
              label: t('coverage.demands'),
              align: 'end',
              cell: (one) => number(one.demands),
            },
            {
              id: 'parcels',
              label: t('coverage.parcels'),
              align: 'end',
              cell: (one) => number(one.parcels),
            },
          ]}
        />
      )}
    </Card>
  );
}

function Divisions({ of }: { readonly of: Covered }) {
  const t = useWords(POINT_DESK_WORDS);
  const { percent, number } = useFormats();
  const near = (one: Covered['divisions'][number]) => one.within.find(({ meters }) => meters === NEAR_METERS);
  return (
    <Card title={t('coverage.divisions')}>
      <Table
        label={t('coverage.divisions')}
        rows={of.divisions}
        rowId={(one) => one.division_code}
        columns={[
          {
            id: 'division',
            label: t('coverage.division'),
            isName: true,
            cell: (one) => <span className="number">{one.division_code}</span>,
          },
          {
            id: 'share',
            label: t('coverage.division_people'),
            align: 'end',
            cell: (one) => percent(near(one)?.people_share ?? 0),
          },
          { id: 'people', label: t('coverage.people'), align: 'end', cell: (one) => number(one.people) },
          { id: 'places', label: t('coverage.places'), align: 'end', cell: (one) => number(one.places) },
        ]}
      />
    </Card>
  );
}
