import type { components } from '@postroad/sdk';
import { useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { api } from '../ground/api.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Day, Facts, Money } from '../kit/values.tsx';
import { useHere } from './here.tsx';
import { POINT_WORDS } from './words.ts';

type Earnings = components['schemas']['PointEarnings'];
type Statement = components['schemas']['PointStatement'];
type Outlet = components['schemas']['PointStatementOutlet'];
const SHOWN = 8;

/** What this outlet has earned since the last statement, and what the statements of the network say of it. */
export function EarningsScreen() {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  return (
    <Page title={t('earnings.title')} lead={t('earnings.lead')}>
      {may('readPointEarnings') ? <Figures /> : <Empty title={t('earnings.not_yours')} />}
    </Page>
  );
}

function Figures() {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const open = useKept<Earnings>(['earnings', point.id], (signal) =>
    api.get('/v1/point-networks/{organisation_id}/earnings', {
      params: { path: { organisation_id: point.organisation_id }, query: { point_id: point.id } },
      signal,
    }),
  );
  const statements = useKept<readonly Statement[]>(['statements'], async (signal) => {
    const { data } = await api.get('/v1/point-statements', { params: { query: { limit: SHOWN } }, signal });
    return data;
  });
  return (
    <>
      <Read of={open} rows={3}>
        {(answer) => (
          <Card title={t('earnings.open')}>
            <KeptNotice of={answer} />
            {answer.value.open.length === 0 && <p className="text-soft">{t('earnings.nothing')}</p>}
            {answer.value.open.map((one) => (
              <Facts
                key={one.currency}
                of={[
                  [t('earnings.outlet'), <Money key="outlet" of={one.outlet_amount} strong />],
                  [t('earnings.all'), <Money key="all" of={one.amount} />],
                  [t('earnings.lines'), one.lines],
                ]}
              />
            ))}
          </Card>
        )}
      </Read>
      <Read of={statements} rows={5}>
        {(answer) =>
          answer.value.length === 0 ? (
            <Empty title={t('earnings.none')} hint={t('earnings.none_hint')} />
          ) : (
            answer.value.map((one) => <StatementCard key={one.id} of={one} />)
          )
        }
      </Read>
    </>
  );
}

function StatementCard({ of }: { readonly of: Statement }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const outlets = useKept<readonly Outlet[]>(['statement', of.id], (signal) =>
    Array.fromAsync(
      api.listAll('/v1/point-statements/{statement_id}/outlets', {
        params: { path: { statement_id: of.id } },
        signal,
      }),
    ),
  );
  const mine = (outlets.data?.value ?? []).filter((one) => one.id === point.id);
  return (
    <Card
      title={t('earnings.week')}
      actions={<Status tone={of.state === 'paid' ? 'ok' : 'idle'}>{t(`statement.${of.state}`)}</Status>}
    >
      <Facts
        of={[
          [t('earnings.from'), <Day key="week" of={of.week} />],
          ...mine.map(
            (one) =>
              [
                t('earnings.outlet'),
                <Money key={one.outlet_amount.currency} of={one.outlet_amount} strong />,
              ] as const,
          ),
          [t('earnings.payout'), <Money key="payout" of={of.payout} />],
        ]}
      />
    </Card>
  );
}
