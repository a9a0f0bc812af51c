import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { type Handover, HandoverState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { useStateChoice } from './state-choice.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function Handovers() {
  const t = useWords(MERCHANT_WORDS);
  const { shown, field } = useStateChoice();
  const columns = useHandoverColumns();
  const handovers = usePages<Handover>(['handovers', shown], (cursor, signal) =>
    api.get('/v1/handovers', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(shown === 'all' ? {} : { state: shown }),
        },
      },
      signal,
    }),
  );
  const create = (
    <ButtonLink to="/merchant/handovers/new" look="primary">
      {t('handover.new')}
    </ButtonLink>
  );
  return (
    <Page title={t('handover.title')} actions={create}>
      {field}
      <Card>
        <PagedTable
          label={t('handover.title')}
          of={handovers}
          rowId={(one) => one.id}
          columns={columns}
          empty={
            shown === 'all' ? (
              <Empty title={t('handover.none')} hint={t('handover.none_hint')} action={create} />
            ) : (
              <Empty title={t('handover.none_of_state')} />
            )
          }
        />
      </Card>
    </Page>
  );
}

function useHandoverColumns(): readonly Column<Handover>[] {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return [
    {
      id: 'number',
      label: t('handover.number'),
      isName: true,
      cell: (one) => (
        <Link className="number text-accent hover:underline" href={`/merchant/handovers/${one.id}`}>
          {one.number}
        </Link>
      ),
    },
    { id: 'state', label: p('order.state'), cell: (one) => <HandoverState of={one.state} /> },
    { id: 'kind', label: t('handover.kind'), cell: (one) => t(`handover.kind.${one.kind}`) },
    {
      id: 'parcels',
      label: t('pickup.parcels'),
      align: 'end',
      cell: (one) => one.parcel_count,
    },
    {
      id: 'changed',
      label: t('handover.changed'),
      cell: (one) => <Moment at={one.changed_at} />,
    },
  ];
}
