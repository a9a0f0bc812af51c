import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { WorldMapLater } from '../kit/map.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { byTrouble, drawingOf, type Lane, laneId, toneOfLane } from '../parcels/lanes.ts';
import { SearchForm } from '../parcels/search-form.tsx';
import { AttentionName } from './attention.tsx';
import { MilestoneHours } from './milestone-hours.tsx';
import { OPERATIONS_WORDS } from './words.ts';

type Flow = components['schemas']['Flow'];
/** Refreshed while the window is seen. */
const EVERY_MS = 15_000;
const LEGS = ['origin', 'export', 'linehaul', 'import', 'last_mile', 'return'] as const;
/** Lanes of the list before one asks for all. */
const SHOWN = 20;

/** What is under way in the network now: by lane on a map and in a list, and by hour. */
export function FlowScreen() {
  const t = useWords(OPERATIONS_WORDS);
  const may = useMay();
  const flow = useRead(['flow'], (signal) => api.get('/v1/flow', { signal }), { everyMs: EVERY_MS });
  return (
    <Page
      title={t('menu.home')}
      lead={
        flow.data && (
          <>
            {t('flow.as_of')} <Moment at={flow.data.at} />
          </>
        )
      }
      actions={may('search') && <SearchForm />}
    >
      {may('readOperationsHealth') && <Attention />}
      <Read of={flow} rows={10}>
        {(now) => (
          <>
            <Totals of={now.totals} />
            <Lanes flow={now} />
            <MilestoneHours hours={now.hours} at={now.at} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Totals({ of }: { readonly of: Flow['totals'] }) {
  const t = useWords(OPERATIONS_WORDS);
  const { number } = useFormats();
  const shown = [
    ['flow.parcels', of.parcels, 'move'],
    ['flow.late', of.late, of.late > 0 ? 'warn' : 'ok'],
    ['flow.stuck', of.stuck, of.stuck > 0 ? 'bad' : 'ok'],
    ['flow.lanes', of.lanes, 'idle'],
  ] as const;
  return (
    <dl className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      {shown.map(([word, count, tone]) => (
        <div key={word} className="rounded-lg border border-line bg-card p-4">
          <dt>
            <Status tone={tone}>{t(word)}</Status>
          </dt>
          <dd className="mt-1.5 text-xl font-semibold tabular-nums">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Lanes({ flow }: { readonly flow: Flow }) {
  const t = useWords(OPERATIONS_WORDS);
  const [leg, setLeg] = useAddressWord('leg');
  const [only, setOnly] = useAddressWord('only');
  const lanes = flow.lanes
    .filter((lane) => leg === '' || lane.leg === leg)
    .filter((lane) => only !== 'trouble' || lane.late + lane.stuck > 0)
    .toSorted(byTrouble);
  return (
    <Card title={t('flow.under_way')}>
      <div className="screen-only mb-4 grid max-w-lg gap-3 sm:grid-cols-2">
        <Field label={t('flow.leg')}>
          <Select
            value={leg}
            onChoice={setLeg}
            choices={[
              { value: '', label: t('all') },
              ...LEGS.map((one) => ({ value: one as string, label: t(`leg.${one}`) })),
            ]}
          />
        </Field>
        <Field label={t('flow.which')}>
          <Select
            value={only}
            onChoice={setOnly}
            choices={[
              { value: '', label: t('all') },
              { value: 'trouble', label: t('flow.trouble_only') },
            ]}
          />
        </Field>
      </div>
      {lanes.length === 0 ? (
        <Empty title={t('flow.none')} hint={t('flow.none_hint')} />
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[3fr_2fr]">
          <div>
            <WorldMapLater className="h-72 sm:h-[26rem]" {...drawingOf(lanes)} />
            <p className="mt-1.5 text-xs text-soft">{t('flow.map_hint')}</p>
          </div>
          <LaneList lanes={lanes} />
        </div>
      )}
    </Card>
  );
}

function LaneList({ lanes }: { readonly lanes: readonly Lane[] }) {
  const t = useWords(OPERATIONS_WORDS);
  const { number } = useFormats();
  const [all, setAll] = useAddressWord('all');
  return (
    <div>
      <Table
        label={t('flow.lanes')}
        rows={all === '' ? lanes.slice(0, SHOWN) : lanes}
        rowId={laneId}
        columns={[
          { id: 'lane', label: t('flow.lane'), isName: true, cell: (lane) => <LaneName of={lane} /> },
          { id: 'parcels', label: t('flow.parcels'), align: 'end', cell: (lane) => number(lane.parcels) },
          { id: 'late', label: t('flow.late'), align: 'end', cell: (lane) => number(lane.late) },
          {
            id: 'stuck',
            label: t('flow.stuck'),
            align: 'end',
            cell: (lane) =>
              lane.stuck === 0 ? number(0) : <Status tone={toneOfLane(lane)}>{number(lane.stuck)}</Status>,
          },
        ]}
      />
      {lanes.length > SHOWN && all === '' && (
        <div className="mt-3">
          <Button size="small" onClick={() => setAll('1')}>
            {t('flow.show_all', { count: lanes.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

function LaneName({ of }: { readonly of: Lane }) {
  const t = useWords(OPERATIONS_WORDS);
  const { country } = useFormats();
  const place = (end: Lane['from']) =>
    end === undefined
      ? t('flow.nowhere')
      : end.city === undefined
        ? country(end.country)
        : `${end.city}, ${end.country}`;
  const [from, to] = [place(of.from), place(of.to)];
  return (
    <span className="grid">
      <span>{from === to ? from : t('flow.from_to', { from, to })}</span>
      <span className="text-xs font-normal text-soft">{t(`leg.${of.leg}`)}</span>
    </span>
  );
}

/** What of the machine needs a person; nothing when all is well. */
function Attention() {
  const t = useWords(OPERATIONS_WORDS);
  const health = useRead(['health'], (signal) => api.get('/v1/operations/health', { signal }), {
    everyMs: 30_000,
  });
  const parts = health.data?.attention ?? [];
  if (parts.length === 0) return null;
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <p className="font-semibold">{t('health.attention')}</p>
        <ul className="flex flex-wrap gap-x-4">
          {parts.map((part) => (
            <li key={part}>
              <Link href="/operations/health">
                <AttentionName of={part} />
              </Link>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
