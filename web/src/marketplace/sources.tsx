import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

/** Whose scans count, for this marketplace. */
export function Sources() {
  const t = useWords(MARKETPLACE_WORDS);
  const sources = useRead(['sources'], (signal) => api.get('/v1/recognised-sources', { signal }));
  return (
    <Page title={t('source.title')} lead={t('source.lead')}>
      <Card>
        <Read of={sources} rows={8}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title={t('source.none')} />
            ) : (
              <Table
                label={t('source.title')}
                rows={data}
                rowId={(one) => one.id}
                columns={[
                  {
                    id: 'id',
                    label: t('source'),
                    isName: true,
                    cell: (one) => (
                      <Link
                        className="number text-accent hover:underline"
                        href={`/marketplace/sources/${one.id}`}
                      >
                        {one.id}
                      </Link>
                    ),
                  },
                  { id: 'kind', label: t('source.kind'), cell: (one) => t(`source.kind.${one.kind}`) },
                  { id: 'now', label: t('source.now'), cell: (one) => <Recognised is={one.recognised} /> },
                  {
                    id: 'decided',
                    label: t('source.decided'),
                    cell: (one) => t(`source.decided.${one.decided_by}`),
                  },
                ]}
              />
            )
          }
        </Read>
      </Card>
    </Page>
  );
}

export function Recognised({ is }: { readonly is: boolean }) {
  const t = useWords(MARKETPLACE_WORDS);
  return <Status tone={is ? 'ok' : 'warn'}>{t(is ? 'source.recognised' : 'source.not_recognised')}</Status>;
}
