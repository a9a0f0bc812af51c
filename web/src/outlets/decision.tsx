import type { components } from '@postroad/sdk';
import type { ReactNode } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { SitePlan } from '../kit/site-plan.tsx';
import { Read } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Facts, Moment, Money, Weight } from '../kit/values.tsx';
import { DecisionHow, decisionsKey, subjectOf } from './decisions.tsx';
import { GOODS } from './parts.tsx';
import { OUTLET_WORDS, POINT_DECISION_WORDS } from './words.ts';

type Decision = components['schemas']['AllocationDecisionDetail'];
type Candidate = Decision['candidates'][number];
type Part = keyof Candidate['parts'];
type Reason = Decision['excluded'][number]['reason'];
export const PARTS = everyWord<Part>({
  distance: true,
  capacity: true,
  quality: true,
  cost: true,
  fairness: true,
});
/** The first ones of the list that bear their number on the plan. */
const MARKED = 9;

/** One decision: what was asked, who could have had it, what each scored, and why others were left out. */
export function DecisionDetail({
  id,
  network,
}: {
  readonly id: string;
  /** Who a network is, where one may read that. */
  readonly network?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(POINT_DECISION_WORDS);
  const found = useRead([...decisionsKey, 'one', id], (signal) =>
    api.get('/v1/point-decisions/{decision_id}', { params: { path: { decision_id: id } }, signal }),
  );
  return (
    <Page title={t('decision')} lead={<CopyId value={id} />}>
      <Read of={found} rows={8}>
        {(one) => (
          <>
            <Demand of={one} />
            <Plan of={one} />
            <Candidates of={one} network={network} />
            <Excluded of={one} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Demand({ of }: { readonly of: Decision }) {
  const t = useWords(POINT_DECISION_WORDS);
  const o = useWords(OUTLET_WORDS);
  const { country, number } = useFormats();
  const { demand } = of;
  const goods = GOODS.find((one) => one === demand.goods_class);
  return (
    <Card title={t('decision.demand')}>
      <Facts
        of={[
          [t('decision.how'), <DecisionHow key="how" of={of.how} />],
          [t('decision.at'), <Moment key="at" at={of.decided_at} whole />],
          [
            t('decision.subject'),
            `${t(`decision.subject.${subjectOf(demand.subject.kind)}`)} ${demand.subject.id}`,
          ],
          [t('decision.service'), o(`service.${demand.service}`)],
          [
            t('decision.place'),
            `${demand.position.latitude}, ${demand.position.longitude} · ${country(demand.country)}`,
          ],
          [t('decision.goods'), o(`class.${goods ?? 'normal'}`)],
          [t('decision.parcels'), number(demand.parcels)],
          [t('decision.weight'), demand.weight_grams && <Weight key="w" grams={demand.weight_grams} />],
          [
            t('decision.window'),
            <span key="window">
              <Moment at={demand.not_before} /> – <Moment at={demand.not_after} />
            </span>,
          ],
          [t('decision.hour'), of.starts_at && <Moment key="hour" at={of.starts_at} whole />],
          [
            t('decision.rules'),
            of.rulebook_version_id === undefined ? (
              t('decision.rules_shipped')
            ) : (
              <CopyId key="rules" value={of.rulebook_version_id} short />
            ),
          ],
        ]}
      />
    </Card>
  );
}

function Plan({ of }: { readonly of: Decision }) {
  const t = useWords(POINT_DECISION_WORDS);
  const placeOf = (id: string) => of.points.find((one) => one.id === id)?.position;
  const points = of.candidates.slice(0, MARKED).flatMap(({ point_id: id }, index) => {
    const place = placeOf(id);
    const tone = id === of.point_id ? ('ok' as const) : ('move' as const);
    return place === undefined ? [] : [{ id, tone, mark: String(index + 1), ...place }];
  });
  if (points.length === 0) return null;
  const asked = { id: 'asked', tone: 'bad' as const, isAsked: true, ...of.demand.position };
  return (
    <Card>
      <div className="max-w-2xl">
        <SitePlan label={t('map')} points={[asked, ...points.toReversed()]} />
      </div>
      <p className="mt-2 text-sm text-soft">{t('map.legend')}</p>
    </Card>
  );
}

function useCandidateColumns(of: Decision): readonly Column<Candidate>[] {
  const t = useWords(POINT_DECISION_WORDS);
  const { number, percent, distance } = useFormats();
  const nameOf = (id: string) => of.points.find((one) => one.id === id)?.name ?? id;
  const isStaff = of.candidates.some(({ room }) => room !== undefined);
  const score = (value: number) => number(Math.round(value * 100));
  const own: readonly Column<Candidate>[] = isStaff
    ? [
        {
          id: 'room',
          label: t('candidate.room'),
          align: 'end',
          cell: (one) => `${number(one.room ?? 0)} / ${number(one.capacity ?? 0)}`,
        },
        {
          id: 'fee',
          label: t('candidate.fee'),
          align: 'end',
          cell: (one) => (one.fee === undefined ? '–' : <Money of={one.fee} />),
        },
        {
          id: 'share',
          label: t('candidate.share'),
          align: 'end',
          cell: (one) => percent(one.got_share ?? 0),
        },
      ]
    : [];
  return [
    {
      id: 'name',
      label: t('candidate'),
      isName: true,
      cell: (one) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {`${number(of.candidates.indexOf(one) + 1)}. ${nameOf(one.point_id)}`}
          {one.point_id === of.point_id && <Badge>{t('candidate.chosen')}</Badge>}
          {of.lost.includes(one.point_id) && <Badge>{t('candidate.lost')}</Badge>}
        </span>
      ),
    },
    {
      id: 'score',
      label: t('candidate.score'),
      align: 'end',
      cell: (one) => <strong>{score(one.score)}</strong>,
    },
    {
      id: 'meters',
      label: t('candidate.distance'),
      align: 'end',
      cell: (one) => distance(one.distance_meters),
    },
    ...PARTS.map(
      (part): Column<Candidate> => ({
        id: part,
        label: t(`part.${part}`),
        align: 'end',
        cell: (one) => score(one.parts[part]),
      }),
    ).filter(({ id }) => id !== 'distance'),
    ...own,
  ];
}

function Candidates({
  of,
  network,
}: {
  readonly of: Decision;
  readonly network: ((organisationId: string) => ReactNode) | undefined;
}) {
  const t = useWords(POINT_DECISION_WORDS);
  const columns = useCandidateColumns(of);
  return (
    <Card title={t('decision.candidates')}>
      {of.candidates.length === 0 ? (
        <p className="text-soft">{t('decision.candidates.none')}</p>
      ) : (
        <Table
          label={t('decision.candidates')}
          rows={of.candidates}
          rowId={(one) => one.point_id}
          columns={[
            ...columns,
            ...(network === undefined
              ? []
              : [
                  {
                    id: 'network',
                    label: t('decision.network'),
                    cell: (one: Candidate) => network(one.organisation_id),
                  },
                ]),
          ]}
        />
      )}
    </Card>
  );
}

function Excluded({ of }: { readonly of: Decision }) {
  const t = useWords(POINT_DECISION_WORDS);
  const nameOf = (id: string) => of.points.find((one) => one.id === id)?.name ?? id;
  return (
    <Card title={t('excluded')}>
      {of.excluded.length === 0 ? (
        <p className="text-soft">{t('excluded.none')}</p>
      ) : (
        <Table
          label={t('excluded')}
          rows={of.excluded}
          rowId={(one) => one.point_id}
          columns={[
            { id: 'name', label: t('candidate'), isName: true, cell: (one) => nameOf(one.point_id) },
            {
              id: 'reason',
              label: t('excluded.reason'),
              cell: (one) => t(`why.${one.reason satisfies Reason}`),
            },
          ]}
        />
      )}
    </Card>
  );
}
