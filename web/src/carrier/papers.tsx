import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Loading, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Day, Facts, Moment } from '../kit/values.tsx';
import { DecisionName, Standing as StandingName } from '../office/standing.tsx';
import { useOwnCode } from './own-code.ts';
import { CARRIER_WORDS } from './words.ts';

/** What the network holds of this carrier, and what it decided about it. */
export function Papers() {
  const t = useWords(CARRIER_WORDS);
  const code = useOwnCode();
  return (
    <Page title={t('paper.title')} lead={t('paper.lead')}>
      {code === undefined ? (
        <Loading />
      ) : (
        <>
          <Standing code={code} />
          <PaperList code={code} />
          <Decisions code={code} />
        </>
      )}
    </Page>
  );
}

type Of = { readonly code: string };

function Standing({ code }: Of) {
  const t = useWords(CARRIER_WORDS);
  const { number } = useFormats();
  const carrier = useRead(['carriers', code], (signal) =>
    api.get('/v1/carriers/{carrier_code}', { params: { path: { carrier_code: code } }, signal }),
  );
  return (
    <Card>
      <Read of={carrier} rows={2}>
        {(one) => (
          <Facts
            of={[
              [
                t('paper.standing'),
                <Status key="status" tone={one.status === 'active' ? 'ok' : 'warn'}>
                  <StandingName of={one.status} />
                </Status>,
              ],
              [t('paper.grade'), one.grade],
              [t('paper.traffic'), `${number(one.traffic_percent)} %`],
              [t('paper.takes'), one.takes_orders ? t('paper.yes') : t('paper.no')],
              [t('paper.to'), one.until && <Moment key="until" at={one.until} whole />],
            ]}
          />
        )}
      </Read>
    </Card>
  );
}

function PaperList({ code }: Of) {
  const t = useWords(CARRIER_WORDS);
  const papers = usePages(['carriers', code, 'papers'], (cursor, signal) =>
    api.get('/v1/carriers/{carrier_code}/papers', {
      params: {
        path: { carrier_code: code },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <Card title={t('paper.papers')}>
      <PagedTable
        of={papers}
        empty={<Empty title={t('paper.none')} />}
        label={t('paper.papers')}
        rowId={(one) => one.id}
        columns={[
          { id: 'number', label: t('paper.number'), isName: true, cell: (one) => one.number },
          { id: 'kind', label: t('paper.kind'), cell: (one) => t(`paper.kind.${one.kind}`) },
          { id: 'issuer', label: t('paper.issuer'), cell: (one) => one.issuer },
          { id: 'from', label: t('paper.from'), cell: (one) => <Day of={one.valid_from} /> },
          {
            id: 'to',
            label: t('paper.to'),
            cell: (one) => (one.valid_to === undefined ? '–' : <Day of={one.valid_to} />),
          },
          { id: 'note', label: t('paper.note'), cell: (one) => one.note ?? '–' },
        ]}
      />
    </Card>
  );
}

function Decisions({ code }: Of) {
  const t = useWords(CARRIER_WORDS);
  const decisions = useRead(['carriers', code, 'decisions'], (signal) =>
    api.get('/v1/carriers/{carrier_code}/decisions', { params: { path: { carrier_code: code } }, signal }),
  );
  return (
    <Card title={t('paper.decisions')}>
      <Read of={decisions}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('paper.decisions_none')} />
          ) : (
            <Table
              label={t('paper.decisions')}
              rows={data.toReversed()}
              rowId={(one) => String(one.version)}
              columns={[
                {
                  id: 'event',
                  label: t('paper.event'),
                  isName: true,
                  cell: (one) => (
                    <>
                      <DecisionName of={one.event} />
                      {[one.grade, one.item].filter(Boolean).map((what) => ` · ${what}`)}
                    </>
                  ),
                },
                { id: 'at', label: t('paper.at'), cell: (one) => <Moment at={one.at} whole /> },
                { id: 'reason', label: t('paper.reason'), cell: (one) => one.reason ?? '–' },
              ]}
            />
          )
        }
      </Read>
    </Card>
  );
}
