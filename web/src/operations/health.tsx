import type { components } from '@postroad/sdk';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { AttentionName } from './attention.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { DESK_WORDS } from './words.ts';

type Health = components['schemas']['OperationsHealth'];

/** How the machine is: what waits, what is dead, and what of it somebody must do. */
export function HealthScreen() {
  const t = useWords(DESK_WORDS);
  const health = useRead(['health'], (signal) => api.get('/v1/operations/health', { signal }), {
    everyMs: 10_000,
  });
  return (
    <Page
      title={t('health.title')}
      lead={
        health.data && (
          <>
            {t('health.as_of')} <Moment at={health.data.at} />
          </>
        )
      }
    >
      <Read of={health} rows={10}>
        {(now) => (
          <>
            <Summary health={now} />
            <Reactions health={now} />
            <DeadLetters />
            <Jobs health={now} />
            <LowStock health={now} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Summary({ health }: { readonly health: Health }) {
  const t = useWords(DESK_WORDS);
  const { number } = useFormats();
  const { outbox, webhooks, ledger_imbalance: imbalance } = health;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('state'),
      <Status key="status" tone={health.status === 'ok' ? 'ok' : 'warn'}>
        {t(`health.status.${health.status}`)}
      </Status>,
    ],
    [
      t('health.needs'),
      health.attention.length === 0 ? (
        t('health.nothing')
      ) : (
        <ul key="needs">
          {health.attention.map((part) => (
            <li key={part}>
              <AttentionName of={part} />
            </li>
          ))}
        </ul>
      ),
    ],
    [t('health.unnumbered'), number(outbox.unnumbered)],
    [t('health.outbox_age'), t('seconds', { count: Math.round(outbox.oldest_age_seconds) })],
    [
      t('health.ledger'),
      imbalance.length === 0 ? (
        <Status key="ledger" tone="ok">
          {t('health.balanced')}
        </Status>
      ) : (
        <span key="ledger" className="grid gap-1">
          {imbalance.map((sum) => (
            <Status key={sum.currency} tone="bad">
              <Money of={sum} />
            </Status>
          ))}
        </span>
      ),
    ],
    [
      t('health.endpoints'),
      t('health.endpoints_of', {
        enabled: webhooks.endpoints.enabled,
        disabled: webhooks.endpoints.disabled,
        failing: webhooks.endpoints.failing,
      }),
    ],
    [t('health.deliveries_waiting'), number(webhooks.pending)],
    [
      t('health.deliveries_day'),
      t('health.deliveries_of', {
        delivered: webhooks.delivered_last_day,
        failed: webhooks.failed_last_day,
      }),
    ],
  ];
  return (
    <Card>
      <Facts of={facts} />
    </Card>
  );
}

function Reactions({ health }: { readonly health: Health }) {
  const t = useWords(DESK_WORDS);
  const { number } = useFormats();
  const rows = health.outbox.reactions.toSorted(
    (a, b) => b.dead - a.dead || b.waiting - a.waiting || a.name.localeCompare(b.name),
  );
  return (
    <Card title={t('health.reactions')}>
      <p className="mb-3 text-sm text-soft">{t('health.reactions_hint')}</p>
      <Table
        label={t('health.reactions')}
        rows={rows}
        rowId={(one) => one.name}
        columns={[
          {
            id: 'name',
            label: t('health.reaction'),
            isName: true,
            cell: (one) => <span className="number">{one.name}</span>,
          },
          {
            id: 'state',
            label: t('state'),
            cell: (one) => (
              <Status
                tone={one.dead > 0 ? 'bad' : one.failures > 0 ? 'warn' : one.waiting > 0 ? 'move' : 'ok'}
              >
                {t(
                  one.dead > 0
                    ? 'health.has_dead'
                    : one.failures > 0
                      ? 'health.fails'
                      : one.waiting > 0
                        ? 'health.works'
                        : 'health.done',
                )}
              </Status>
            ),
          },
          { id: 'waiting', label: t('health.waiting'), align: 'end', cell: (one) => number(one.waiting) },
          {
            id: 'oldest',
            label: t('health.oldest'),
            cell: (one) => (one.oldest_at === undefined ? '–' : <Moment at={one.oldest_at} />),
          },
          { id: 'failures', label: t('health.failures'), align: 'end', cell: (one) => number(one.failures) },
          { id: 'dead', label: t('health.dead'), align: 'end', cell: (one) => number(one.dead) },
        ]}
      />
    </Card>
  );
}

function Jobs({ health }: { readonly health: Health }) {
  const t = useWords(DESK_WORDS);
  const { number } = useFormats();
  const may = useMay();
  const revive = useAct((kind: string) => api.post('/v1/operations/jobs/revivals', { body: { kind } }), {
    touches: [['health']],
    done: ({ revived }) => toast('ok', t('health.revived', { count: revived })),
  });
  return (
    <Card title={t('health.jobs')}>
      {revive.error && <Failure error={revive.error} />}
      {health.jobs.length === 0 ? (
        <p className="text-soft">{t('health.jobs_none')}</p>
      ) : (
        <Table
          label={t('health.jobs')}
          rows={health.jobs}
          rowId={(job) => job.kind}
          columns={[
            {
              id: 'kind',
              label: t('health.job'),
              isName: true,
              cell: (job) => <span className="number">{job.kind}</span>,
            },
            { id: 'due', label: t('health.due'), align: 'end', cell: (job) => number(job.due) },
            { id: 'running', label: t('health.running'), align: 'end', cell: (job) => number(job.running) },
            { id: 'waiting', label: t('health.planned'), align: 'end', cell: (job) => number(job.waiting) },
            { id: 'dead', label: t('health.dead'), align: 'end', cell: (job) => number(job.dead) },
            { id: 'failure', label: t('health.last_failure'), cell: (job) => job.failure ?? '–' },
            {
              id: 'revive',
              label: t('health.revive'),
              cell: (job) =>
                job.dead > 0 && may('reviveDeadJobs') ? (
                  <Button
                    size="small"
                    busy={revive.isPending && revive.variables === job.kind}
                    onClick={() => revive.mutate(job.kind)}
                  >
                    {t('health.revive')}
                  </Button>
                ) : (
                  '–'
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function LowStock({ health }: { readonly health: Health }) {
  const t = useWords(DESK_WORDS);
  const { number } = useFormats();
  if (health.low_number_stock.length === 0) return null;
  return (
    <Card
      title={t('health.low_stock')}
      actions={
        <Link className="text-accent hover:underline" href="/operations/numbers">
          {t('health.to_stock')}
        </Link>
      }
    >
      <Table
        label={t('health.low_stock')}
        rows={health.low_number_stock}
        rowId={(one) => `${one.holder} ${one.carrier_code}`}
        columns={[
          {
            id: 'carrier',
            label: t('carrier'),
            isName: true,
            cell: (one) => <span className="number">{one.carrier_code}</span>,
          },
          { id: 'holder', label: t('health.holder'), cell: (one) => <OrganisationName id={one.holder} /> },
          { id: 'left', label: t('health.left'), align: 'end', cell: (one) => number(one.remaining) },
          { id: 'of', label: t('health.of'), align: 'end', cell: (one) => number(one.size) },
        ]}
      />
    </Card>
  );
}
