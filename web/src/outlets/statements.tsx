import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Choices } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import type { Column } from '../kit/table.tsx';
import { Day, Money } from '../kit/values.tsx';
import { POINT_MONEY_WORDS } from './words.ts';

export type PointStatement = components['schemas']['PointStatement'];
export const statementsKey = ['point-statements'] as const;

const TONES = { carried_over: 'idle', payout_instructed: 'move', paid: 'ok' } as const;
const STATES = everyWord<PointStatement['state']>({
  payout_instructed: true,
  paid: true,
  carried_over: true,
});

export function StatementState({ of }: { readonly of: PointStatement['state'] }) {
  const t = useWords(POINT_MONEY_WORDS);
  return <Status tone={TONES[of]}>{t(`statement.state.${of}`)}</Status>;
}

/** What waits for the next statement of a network. */
export function Earnings({ organisationId }: { readonly organisationId: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const { money } = useFormats();
  const earnings = useRead(['point-earnings', organisationId], (signal) =>
    api.get('/v1/point-networks/{organisation_id}/earnings', {
      params: { path: { organisation_id: organisationId } },
      signal,
    }),
  );
  return (
    <Card title={t('earnings')}>
      <Read of={earnings} rows={2}>
        {({ open }) =>
          open.length === 0 ? (
            <p className="text-soft">{t('earnings.none')}</p>
          ) : (
            <ul className="flex flex-wrap gap-x-10 gap-y-4">
              {open.map((one) => (
                <li key={one.currency}>
                  <p className="text-xl font-semibold">
                    <Money of={one.amount} />
                  </p>
                  <p className="text-sm text-soft">
                    {t('earnings.lines', { count: one.lines })} ·{' '}
                    {t('earnings.part', { amount: money(one.outlet_amount) })}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Card>
  );
}

/** Weekly statements, the newest first: one's own, or all for the network's staff. */
export function StatementList({
  organisationId,
  more = [],
}: {
  readonly organisationId?: string | undefined;
  readonly more?: readonly Column<PointStatement>[];
}) {
  const t = useWords(POINT_MONEY_WORDS);
  const at = useFaceAddress();
  const [state, setState] = useAddressChoice('state', ['all', ...STATES]);
  const statements = usePages<PointStatement>([...statementsKey, organisationId, state], (cursor, signal) =>
    api.get('/v1/point-statements', {
      params: {
        query: {
          limit: 50,
          ...(organisationId === undefined ? {} : { organisation_id: organisationId }),
          ...(state === 'all' ? {} : { state }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Card title={t('statements')}>
      <div className="screen-only mb-3">
        <Choices
          legend={t('statement.state')}
          value={state}
          onChoice={setState}
          choices={(['all', ...STATES] as const).map((one) => ({
            value: one,
            label: one === 'all' ? t('deductions.all') : t(`statement.state.${one}`),
          }))}
        />
      </div>
      <PagedTable
        of={statements}
        empty={<Empty title={t('statements.none')} hint={t('statements.none_hint')} />}
        label={t('statements')}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'week',
            label: t('statement.week'),
            isName: true,
            cell: (one) => (
              <Link className="text-accent hover:underline" href={at(`/point-statements/${one.id}`)}>
                <Day of={one.week} />
              </Link>
            ),
          },
          ...more,
          { id: 'state', label: t('statement.state'), cell: (one) => <StatementState of={one.state} /> },
          {
            id: 'earned',
            label: t('statement.earned'),
            align: 'end',
            cell: (one) => <Money of={one.earned} />,
          },
          { id: 'owed', label: t('statement.owed'), align: 'end', cell: (one) => <Money of={one.owed} /> },
          {
            id: 'payout',
            label: t('statement.payout'),
            align: 'end',
            cell: (one) => <Money of={one.payout} strong />,
          },
        ]}
      />
    </Card>
  );
}
