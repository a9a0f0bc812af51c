import type { components } from '@postroad/sdk';
import { Link, useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment, Weight } from '../kit/values.tsx';
import { HandoverState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { useStateChoice } from './state-choice.tsx';
import { MERCHANT_WORDS } from './words.ts';

export type Bag = components['schemas']['Bag'];

/** Big bags and pallets of the merchant; a new one is packed on the page of its handover. */
export function Bags() {
  const t = useWords(MERCHANT_WORDS);
  const [, go] = useLocation();
  const { shown, field } = useStateChoice();
  const columns = useBagColumns();
  const bags = usePages<Bag>(['bags', shown], (cursor, signal) =>
    api.get('/v1/bags', {
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
  const toHandovers = <ButtonLink to="/merchant/handovers">{t('handover.title')}</ButtonLink>;
  return (
    <Page title={t('bag.title')} lead={t('bag.lead')} actions={toHandovers}>
      {field}
      <Card>
        <PagedTable
          label={t('bag.title')}
          of={bags}
          rowId={(one) => one.id}
          columns={columns}
          onOpen={(one) => go(`/merchant/bags/${one.id}`)}
          empty={
            shown === 'all' ? (
              <Empty title={t('bag.none')} hint={t('bag.none_hint')} action={toHandovers} />
            ) : (
              <Empty title={t('bag.none_of_state')} />
            )
          }
        />
      </Card>
    </Page>
  );
}

export function useBagColumns(): readonly Column<Bag>[] {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return [
    {
      id: 'code',
      label: t('bag.code'),
      isName: true,
      cell: (one) => (
        <Link className="number text-accent hover:underline" href={`/merchant/bags/${one.id}`}>
          {one.code}
        </Link>
      ),
    },
    { id: 'state', label: p('order.state'), cell: (one) => <HandoverState of={one.state} /> },
    { id: 'container', label: t('bag.container'), cell: (one) => t(`bag.container.${one.container}`) },
    { id: 'parcels', label: t('pickup.parcels'), align: 'end', cell: (one) => one.parcel_count },
    {
      id: 'weight',
      label: t('bag.weight'),
      align: 'end',
      cell: (one) => (one.weight_grams === undefined ? '–' : <Weight grams={one.weight_grams} />),
    },
    { id: 'changed', label: t('handover.changed'), cell: (one) => <Moment at={one.changed_at} /> },
  ];
}
