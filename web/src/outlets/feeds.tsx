import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { OUTLET_WORDS } from './words.ts';

type Feed = components['schemas']['OutletFeed'];
type Report = components['schemas']['OutletFeedReport'];
type Line = components['schemas']['OutletFeedLine'];

const TONES = { reading: 'move', awaiting_confirmation: 'warn', closing: 'move', done: 'ok' } as const;
const OUTCOMES = ['refused', 'opened', 'changed', 'closed', 'unchanged'] as const;
const OUTCOME_TONES = {
  refused: 'bad',
  opened: 'ok',
  changed: 'move',
  closed: 'warn',
  unchanged: 'idle',
} as const;
/** A feed that is under way is looked at again so often. */
const WATCH_MS = 2_000;

export const feedsKey = (organisationId: string) => ['outlet-feeds', organisationId] as const;

function FeedState({ of }: { readonly of: Feed['state'] }) {
  const t = useWords(OUTLET_WORDS);
  return <Status tone={TONES[of]}>{t(`feed.state.${of}`)}</Status>;
}

/** The last feeds of a network. `address`: where one of them is shown. */
export function FeedList({
  organisationId,
  address,
}: {
  readonly organisationId: string;
  readonly address: string;
}) {
  const t = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  const at = useFaceAddress();
  const feeds = useRead(
    feedsKey(organisationId),
    (signal) =>
      api.get('/v1/point-networks/{organisation_id}/outlet-feeds', {
        params: { path: { organisation_id: organisationId } },
        signal,
      }),
    { everyMs: 10_000 },
  );
  return (
    <Card title={t('feeds')}>
      <Read of={feeds}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('feeds.none')} />
          ) : (
            <Table
              label={t('feeds')}
              rows={data}
              rowId={(one) => one.id}
              columns={[
                {
                  id: 'received',
                  label: t('feed.received'),
                  isName: true,
                  cell: (one) => (
                    <Link className="text-accent hover:underline" href={at(`${address}/${one.id}`)}>
                      <Moment at={one.received_at} whole />
                    </Link>
                  ),
                },
                { id: 'mode', label: t('feed.mode'), cell: (one) => t(`feed.mode.${one.mode}`) },
                { id: 'state', label: t('feed.state'), cell: (one) => <FeedState of={one.state} /> },
                { id: 'lines', label: t('feed.lines'), align: 'end', cell: (one) => number(one.lines) },
              ]}
            />
          )
        }
      </Read>
    </Card>
  );
}

/** One feed: how far it is, what it asks, and what became of each line. */
export function FeedReport({ organisationId, id }: { readonly organisationId: string; readonly id: string }) {
  const t = useWords(OUTLET_WORDS);
  const may = useMay();
  const path = { organisation_id: organisationId, feed_id: id };
  const key = [...feedsKey(organisationId), id];
  const report = useRead(
    key,
    (signal) =>
      api.get('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}', { params: { path }, signal }),
    { everyMs: WATCH_MS },
  );
  return (
    <Page title={t('feed')} lead={report.data && <Moment at={report.data.received_at} whole />}>
      <Read of={report}>
        {(one) => (
          <>
            {one.state === 'awaiting_confirmation' && may('confirmOutletFeed') && (
              <Confirm organisationId={organisationId} report={one} />
            )}
            <Summary of={one} />
            <Lines organisationId={organisationId} report={one} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Summary({ of }: { readonly of: Report }) {
  const t = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          [t('feed.state'), <FeedState key="state" of={of.state} />],
          [t('feed.mode'), t(`feed.mode.${of.mode}`)],
          [t('feed.lines'), number(of.lines)],
          ...OUTCOMES.map((outcome) => [t(`feed.outcome.${outcome}`), number(of.outcomes[outcome])] as const),
          ...(of.missing === undefined ? [] : ([[t('feed.missing'), number(of.missing)]] as const)),
          ...(of.ended_at === undefined
            ? []
            : ([[t('feed.ended'), <Moment key="ended" at={of.ended_at} whole />]] as const)),
        ]}
      />
    </Card>
  );
}

function Confirm({ organisationId, report }: { readonly organisationId: string; readonly report: Report }) {
  const t = useWords(OUTLET_WORDS);
  const answer = useAct(
    (close: boolean) =>
      api.post('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}/confirmation', {
        params: { path: { organisation_id: organisationId, feed_id: report.id } },
        body: { close },
      }),
    { touches: [feedsKey(organisationId), ['outlets']], done: () => toast('ok', t('feed.answered')) },
  );
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <p>{t('feed.asks', { count: report.missing ?? 0 })}</p>
        {answer.error && <Failure error={answer.error} />}
        <p className="mt-3 flex flex-wrap gap-2">
          <Button look="danger" busy={answer.isPending} onClick={() => answer.mutate(true)}>
            {t('feed.close')}
          </Button>
          <Button busy={answer.isPending} onClick={() => answer.mutate(false)}>
            {t('feed.keep')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}

function Lines({ organisationId, report }: { readonly organisationId: string; readonly report: Report }) {
  const t = useWords(OUTLET_WORDS);
  const { number } = useFormats();
  const at = useFaceAddress();
  const [outcome, setOutcome] = useAddressChoice('outcome', ['all', ...OUTCOMES]);
  // What stands in the report changes as lines are read: the list is then read anew.
  const read = JSON.stringify(report.outcomes);
  const lines = usePages<Line>(
    [...feedsKey(organisationId), report.id, 'lines', outcome, read],
    (cursor, signal) =>
      api.get('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}/lines', {
        params: {
          path: { organisation_id: organisationId, feed_id: report.id },
          query: {
            limit: 100,
            ...(outcome === 'all' ? {} : { outcome }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        signal,
      }),
  );
  return (
    <Card title={t('feed.report')}>
      <div className="screen-only mb-3">
        <Choices
          legend={t('feed.outcome')}
          value={outcome}
          onChoice={setOutcome}
          choices={(['all', ...OUTCOMES] as const).map((one) => ({
            value: one,
            label: t(`feed.outcome.${one}`),
          }))}
        />
      </div>
      <PagedTable
        of={lines}
        empty={<Empty title={t('feed.report.none')} />}
        label={t('feed.report')}
        rowId={(one) => String(one.line)}
        columns={[
          {
            id: 'line',
            label: t('feed.line'),
            isName: true,
            cell: (one) => `${t('feed.line')} ${number(one.line)}`,
          },
          {
            id: 'code',
            label: t('code'),
            cell: (one) =>
              one.point_id === undefined ? (
                <span className="number">{one.outlet_code || '–'}</span>
              ) : (
                <Link className="number text-accent hover:underline" href={at(`/outlets/${one.point_id}`)}>
                  {one.outlet_code}
                </Link>
              ),
          },
          {
            id: 'outcome',
            label: t('feed.outcome'),
            cell: (one) => (
              <Status tone={OUTCOME_TONES[one.outcome]}>{t(`feed.outcome.${one.outcome}`)}</Status>
            ),
          },
          {
            id: 'problems',
            label: t('feed.problems'),
            cell: (one) =>
              one.errors.length === 0 ? (
                '–'
              ) : (
                <ul>
                  {one.errors.map((error) => (
                    <li key={`${error.column} ${error.message}`}>{t('feed.column', error)}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Card>
  );
}
