import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { homeOf } from '../ground/homes.ts';
import { useRead } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { type Tone, ToneMark } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { useConflicts } from '../outlets/conflicts.tsx';
import { isDepositMissing, useContract } from '../outlets/contract.tsx';
import { deductionsKey } from '../outlets/deductions.tsx';
import { feedsKey } from '../outlets/feeds.tsx';
import { OutletState, type OutletStateName } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { NETWORK_WORDS } from './words.ts';

type Task = { readonly to: string; readonly tone: Tone; readonly title: string; readonly hint: string };

/** What the office should look at today; what is well is not shown. */
export function Home() {
  const t = useWords(NETWORK_WORDS);
  const { person } = useSession();
  const id = person.organisation_id;
  const network = useRead(['point-network', id], (signal) =>
    api.get('/v1/point-networks/{organisation_id}', { params: { path: { organisation_id: id } }, signal }),
  );
  return (
    <Page
      title={t('menu.home')}
      lead={t('home.lead')}
      actions={
        <>
          <a className="px-2 text-accent underline" href={homeOf(person.role)}>
            {t('menu.counter')}
          </a>
          <ButtonLink to="/network/outlets/new" look="primary">
            {t('outlets.apply')}
          </ButtonLink>
        </>
      }
    >
      <Read of={network}>
        {({ states, filings_due }) => {
          const of = (wanted: OutletStateName) => states.find(({ state }) => state === wanted)?.outlets ?? 0;
          return (
            <>
              <Tasks id={id} of={of} isCalm={filings_due.length === 0} />
              {filings_due.length > 0 && <Filings of={filings_due} />}
              <OverCapacity id={id} />
              <States of={states} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}

type Count = (state: OutletStateName) => number;

/** Answers that tell what is to be done; undefined while some are on their way. */
function useTasks(id: string, of: Count): readonly Task[] | undefined {
  const t = useWords(NETWORK_WORDS);
  const { day } = useFormats();
  const contract = useContract(id);
  const conflicts = useConflicts(id);
  const feeds = useRead(feedsKey(id), (signal) =>
    api.get('/v1/point-networks/{organisation_id}/outlet-feeds', {
      params: { path: { organisation_id: id } },
      signal,
    }),
  );
  const deductions = useRead([...deductionsKey, 'imposed'], (signal) =>
    api.get('/v1/point-deductions', { params: { query: { state: 'imposed', limit: 100 } }, signal }),
  );
  if ([contract, conflicts, feeds, deductions].some(({ isPending }) => isPending)) return undefined;
  const tasks: Task[] = [];
  const add = (tone: Tone, to: string, title: string, hint: string) =>
    tasks.push({ tone, to: `/network${to}`, title, hint });
  if (contract.data === null) add('warn', '/contract', t('home.contract'), t('home.contract_hint'));
  if (contract.data != null && isDepositMissing(contract.data))
    add('warn', '/contract', t('home.deposit'), t('home.deposit_hint'));
  const asking = feeds.data?.data.find(({ state }) => state === 'awaiting_confirmation');
  if (asking !== undefined) add('warn', `/feeds/${asking.id}`, t('home.feed'), t('home.feed_hint'));
  const now = new Date().toISOString();
  const ends = (deductions.data?.data ?? []).map((one) => one.appeal_until).filter((end) => end > now);
  const [first] = ends.sort();
  if (first !== undefined)
    add(
      'bad',
      '/deductions?state=imposed',
      t('home.deductions', { count: ends.length }),
      t('home.deductions_hint', { day: day(first) }),
    );
  const open = conflicts.data?.data.length ?? 0;
  if (open > 0) add('warn', '/conflicts', t('home.conflicts', { count: open }), t('home.conflicts_hint'));
  const inState = (
    state: OutletStateName,
    tone: Tone,
    key: 'papers' | 'paused' | 'restricted' | 'suspended',
  ) => {
    const count = of(state);
    if (count > 0) add(tone, `/outlets?state=${state}`, t(`home.${key}`, { count }), t(`home.${key}_hint`));
  };
  inState('documents', 'warn', 'papers');
  inState('suspended', 'bad', 'suspended');
  inState('restricted', 'warn', 'restricted');
  inState('paused', 'idle', 'paused');
  return tasks;
}

function Tasks({ id, of, isCalm }: { readonly id: string; readonly of: Count; readonly isCalm: boolean }) {
  const t = useWords(NETWORK_WORDS);
  const tasks = useTasks(id, of);
  if (tasks === undefined || (tasks.length === 0 && !isCalm)) return null;
  return (
    <Card>
      {tasks.length === 0 ? (
        <Empty title={t('home.calm')} hint={t('home.calm_hint')} />
      ) : (
        <ul className="divide-y divide-line">
          {tasks.map((one) => (
            <TaskRow key={one.to} of={one} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function TaskRow({ of }: { readonly of: Task }): ReactNode {
  return (
    <li className="flex items-start gap-3 py-3 first:pt-0 last:pb-0">
      <span className="mt-1">
        <ToneMark tone={of.tone} />
      </span>
      <div>
        <Link className="font-semibold text-accent hover:underline" href={of.to}>
          {of.title}
        </Link>
        <p className="text-sm text-soft">{of.hint}</p>
      </div>
    </li>
  );
}

type Filing = {
  readonly point_id: string;
  readonly outlet_code: string;
  readonly name: string;
  readonly reminded_at: string;
};

function Filings({ of }: { readonly of: readonly Filing[] }) {
  const t = useWords(NETWORK_WORDS);
  const o = useWords(OUTLET_WORDS);
  return (
    <Card title={t('home.filings')}>
      <p className="mb-3 text-soft">{t('home.filings_lead')}</p>
      <Table
        label={t('home.filings')}
        rows={of}
        rowId={(one) => one.point_id}
        columns={[
          {
            id: 'name',
            label: o('name'),
            isName: true,
            cell: (one) => (
              <Link
                className="text-accent hover:underline"
                href={`/network/outlets/${one.point_id}?view=papers`}
              >
                {one.name}
              </Link>
            ),
          },
          { id: 'code', label: o('code'), cell: (one) => <span className="number">{one.outlet_code}</span> },
          { id: 'at', label: t('home.filing.reminded'), cell: (one) => <Moment at={one.reminded_at} /> },
        ]}
      />
    </Card>
  );
}

function OverCapacity({ id }: { readonly id: string }) {
  const t = useWords(NETWORK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  const over = useRead(['over-capacity', id], (signal) =>
    api.get('/v1/point-networks/{organisation_id}/over-capacity', {
      params: { path: { organisation_id: id } },
      signal,
    }),
  );
  const rows = over.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t('home.over')}>
      <p className="mb-3 text-soft">{t('home.over_lead')}</p>
      <Table
        label={t('home.over')}
        rows={rows}
        rowId={(one) => `${one.point_id} ${one.service} ${one.starts_at}`}
        columns={[
          {
            id: 'name',
            label: o('outlet'),
            isName: true,
            cell: (one) => (
              <Link
                className="text-accent hover:underline"
                href={`/network/outlets/${one.point_id}?view=capacity`}
              >
                {one.name}
              </Link>
            ),
          },
          { id: 'service', label: o('services'), cell: (one) => o(`service.${one.service}`) },
          { id: 'hour', label: t('home.over.hour'), cell: (one) => <Moment at={one.starts_at} /> },
          {
            id: 'offered',
            label: t('home.over.offered'),
            align: 'end',
            cell: (one) => number(one.capacity),
          },
          { id: 'beyond', label: t('home.over.beyond'), align: 'end', cell: (one) => number(one.beyond) },
        ]}
      />
    </Card>
  );
}

function States({
  of,
}: {
  readonly of: readonly { readonly state: OutletStateName; readonly outlets: number }[];
}) {
  const t = useWords(NETWORK_WORDS);
  const { number } = useFormats();
  return (
    <Card title={t('home.states')}>
      {of.length === 0 ? (
        <p className="text-soft">{t('home.states.none')}</p>
      ) : (
        <ul className="flex flex-wrap gap-x-6 gap-y-3">
          {of.map(({ state, outlets }) => (
            <li key={state}>
              <Link
                className="inline-flex items-center gap-2 no-underline"
                href={`/network/outlets?state=${state}`}
              >
                <OutletState of={state} />
                <strong>{number(outlets)}</strong>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
