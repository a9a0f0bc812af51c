import type { ReactNode } from 'react';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { ServerFile } from '../kit/server-file.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Money } from '../kit/values.tsx';
import { Goods } from './goods.tsx';
import { useKindName, useMonths } from './wallet.tsx';
import { OFFICE_WORDS } from './words.ts';

/** A year of months. */
const MONTHS = 12;

export function Statements() {
  return <StatementPage />;
}

/** `more`: what else of its money a face shows here. */
export function StatementPage({ more }: { readonly more?: ReactNode }) {
  const t = useWords(OFFICE_WORDS);
  const may = useMay();
  const { month: monthName, number } = useFormats();
  const kind = useKindName();
  const months = useMonths(MONTHS);
  const [chosen, setChosen] = useAddressWord('month');
  const month = /^\d{4}-\d{2}$/.test(chosen) ? chosen : (months[0] ?? '');
  const statements = useRead(['statements', month], (signal) =>
    api.get('/v1/statements', { params: { query: { month } }, signal }),
  );
  return (
    <Page title={t('statement.title')}>
      <div className="screen-only mb-4 max-w-60">
        <Field label={t('statement.month')}>
          <Select
            value={month}
            onChoice={setChosen}
            choices={[...new Set([...months, month])].map((one) => ({ value: one, label: monthName(one) }))}
          />
        </Field>
      </div>
      <Read of={statements}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('statement.none')} />
          ) : (
            data.map((one) => (
              <Card
                key={one.wallet_id}
                title={`${monthName(one.month)} · ${one.opening.currency}`}
                actions={
                  <ServerFile
                    saveAs={`statement-${one.month}.csv`}
                    load={() =>
                      api.get('/v1/wallets/{wallet_id}/statements/{month}/transfers.csv', {
                        params: { path: { wallet_id: one.wallet_id, month: one.month } },
                        parseAs: 'blob',
                      })
                    }
                  >
                    {t('statement.csv')}
                  </ServerFile>
                }
              >
                <Facts
                  of={[
                    [t('statement.opening'), <Money key="opening" of={one.opening} />],
                    [t('statement.closing'), <Money key="closing" of={one.closing} strong />],
                    [
                      t('key.state'),
                      <Status key="final" tone={one.is_final ? 'ok' : 'idle'}>
                        {one.is_final ? t('statement.final') : t('statement.open')}
                      </Status>,
                    ],
                  ]}
                />
                <div className="mt-4">
                  <Table
                    label={t('statement.title')}
                    rows={one.turnover}
                    rowId={(line) => line.kind}
                    columns={[
                      { id: 'kind', label: t('wallet.what'), isName: true, cell: (line) => kind(line.kind) },
                      {
                        id: 'count',
                        label: t('statement.count'),
                        align: 'end',
                        cell: (line) => number(line.count),
                      },
                      {
                        id: 'amount',
                        label: t('wallet.amount'),
                        align: 'end',
                        cell: (line) => <Money of={line.amount} />,
                      },
                    ]}
                  />
                </div>
              </Card>
            ))
          )
        }
      </Read>
      {more}
      {may('listCodStatements') && <Goods />}
    </Page>
  );
}
