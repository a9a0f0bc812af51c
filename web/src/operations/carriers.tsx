import { Link, useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Badge, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Standing } from '../office/standing.tsx';
import { PARTNER_WORDS } from './words.ts';

/** Every carrier that the network knows, and how it stands. */
export function Carriers() {
  const t = useWords(PARTNER_WORDS);
  const language = useLanguage();
  const { country } = useFormats();
  const [, go] = useLocation();
  const carriers = useRead(['carriers'], (signal) => api.get('/v1/carriers', { signal }));
  return (
    <Page title={t('carriers')}>
      <Card>
        <Read of={carriers} rows={8}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title={t('carriers.none')} />
            ) : (
              <Table
                label={t('carriers')}
                rows={data}
                rowId={(one) => one.code}
                onOpen={(one) => go(`/operations/carriers/${one.code}`)}
                columns={[
                  {
                    id: 'name',
                    label: t('carrier'),
                    isName: true,
                    cell: (one) => (
                      <span className="grid">
                        <Link
                          className="text-accent hover:underline"
                          href={`/operations/carriers/${one.code}`}
                        >
                          {language === 'zh' ? one.names.zh : one.names.en}
                        </Link>
                        <span className="number text-xs font-normal text-soft">{one.code}</span>
                      </span>
                    ),
                  },
                  { id: 'status', label: t('standing'), cell: (one) => <Standing of={one.status} /> },
                  {
                    id: 'orders',
                    label: t('carrier.orders'),
                    cell: (one) => (
                      <Status tone={one.takes_orders ? 'ok' : 'idle'}>
                        {t(one.takes_orders ? 'carrier.takes' : 'carrier.takes_not')}
                      </Status>
                    ),
                  },
                  {
                    id: 'intake',
                    label: t('carrier.intake'),
                    cell: (one) => t(`intake.${one.order_intake}`),
                  },
                  {
                    id: 'grade',
                    label: t('carrier.grade'),
                    cell: (one) => (one.grade === undefined ? '–' : <Badge>{one.grade}</Badge>),
                  },
                  { id: 'country', label: t('organisation.country'), cell: (one) => country(one.country) },
                ]}
              />
            )
          }
        </Read>
      </Card>
    </Page>
  );
}
