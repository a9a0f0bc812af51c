import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { DecisionName, Standing } from '../office/standing.tsx';
import { DecideCarrier } from './carrier-decision.tsx';
import { CarrierPapers } from './carrier-papers.tsx';
import { PARTNER_WORDS } from './words.ts';

type Carrier = components['schemas']['Carrier'];

export function CarrierDetail({ code }: { readonly code: string }) {
  const language = useLanguage();
  const may = useMay();
  const found = useRead(['carriers', code], (signal) =>
    api.get('/v1/carriers/{carrier_code}', { params: { path: { carrier_code: code } }, signal }),
  );
  const names = found.data?.names;
  return (
    <Page
      title={names === undefined ? code : language === 'zh' ? names.zh : names.en}
      lead={<span className="number">{code}</span>}
      actions={found.data && may('decideCarrier') && <DecideCarrier code={code} />}
    >
      <Read of={found}>{(carrier) => <CarrierFacts carrier={carrier} />}</Read>
      {may('listCarrierDecisions') && <Decisions code={code} />}
      {may('listCarrierPapers') && <CarrierPapers code={code} />}
    </Page>
  );
}

function CarrierFacts({ carrier }: { readonly carrier: Carrier }) {
  const t = useWords(PARTNER_WORDS);
  const { country, percent } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          [t('standing'), <Standing key="standing" of={carrier.status} />],
          [t('standing.until'), carrier.until && <Moment key="until" at={carrier.until} whole />],
          [t('carrier.grade'), carrier.grade && <Badge key="grade">{carrier.grade}</Badge>],
          [t('carrier.traffic'), percent(carrier.traffic_percent / 100)],
          [t('carrier.orders'), t(carrier.takes_orders ? 'carrier.takes' : 'carrier.takes_not')],
          [t('carrier.intake'), t(`intake.${carrier.order_intake}`)],
          [t('carrier.kind'), t(`carrier_kind.${carrier.kind}`)],
          [t('organisation.country'), country(carrier.country)],
          [
            t('carrier.formats'),
            <ul key="formats" className="grid gap-0.5">
              {carrier.number_formats.map((format) => (
                <li key={format.name} className="number text-sm">
                  {format.name}: {format.example}
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
    </Card>
  );
}

function Decisions({ code }: { readonly code: string }) {
  const t = useWords(PARTNER_WORDS);
  const decisions = useRead(['carriers', code, 'decisions'], (signal) =>
    api.get('/v1/carriers/{carrier_code}/decisions', { params: { path: { carrier_code: code } }, signal }),
  );
  return (
    <Card title={t('decisions')}>
      <Read of={decisions} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('decisions.none')}</p>
          ) : (
            <Table
              label={t('decisions')}
              rows={data.toReversed()}
              rowId={(one) => String(one.version)}
              columns={[
                {
                  id: 'event',
                  label: t('decision'),
                  isName: true,
                  cell: (one) => <DecisionName of={one.event} />,
                },
                { id: 'at', label: t('decision.at'), cell: (one) => <Moment at={one.at} /> },
                {
                  id: 'what',
                  label: t('decision.what'),
                  cell: (one) => [one.item, one.grade, one.proof].filter(Boolean).join(' · ') || '–',
                },
                { id: 'reason', label: t('decision.reason'), cell: (one) => one.reason ?? '–' },
                {
                  id: 'by',
                  label: t('decision.by'),
                  cell: (one) => <span className="number">{one.by_caller}</span>,
                },
              ]}
            />
          )
        }
      </Read>
    </Card>
  );
}
