import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Day, Facts, Money } from '../kit/values.tsx';
import { StatementPage } from '../office/statements.tsx';
import { VISIT_WORDS } from './words.ts';

type OneDay = components['schemas']['DoorFreightDay'];

/** The statements of a carrier's wallet, and what its couriers took at doors. */
export function CarrierStatements() {
  return <StatementPage more={<DoorFreight />} />;
}

/** By courier and day: freight that was taken at doors, and what of it is owed to the operator. */
function DoorFreight() {
  const t = useWords(VISIT_WORDS);
  const { number } = useFormats();
  const names = useRead(['couriers', 'names'], async (signal) => {
    const { data } = await api.get('/v1/couriers', { params: { query: { limit: 100 } }, signal });
    return new Map(data.map(({ id, name }) => [id, name]));
  });
  const sum = useRead(['door-freight', 'owed'], (signal) =>
    api.get('/v1/door-freight-days', { params: { query: { limit: 1 } }, signal }),
  );
  const days = usePages<OneDay>(['door-freight', 'days'], (cursor, signal) =>
    api.get('/v1/door-freight-days', {
      params: { query: { limit: 31, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Card title={t('freight')}>
      <p className="mb-3 text-soft">{t('freight.lead')}</p>
      <Read of={sum} rows={1}>
        {({ owed }) =>
          owed.length > 0 && (
            <Facts
              of={owed.map((one) => [t('freight.owed'), <Money key={one.currency} of={one} strong />])}
            />
          )
        }
      </Read>
      <div className="mt-4">
        <PagedTable
          of={days}
          empty={<Empty title={t('freight.none')} />}
          label={t('freight')}
          rowId={(one) => `${one.day} ${one.courier_id} ${one.owed.currency}`}
          columns={[
            { id: 'day', label: t('freight.day'), isName: true, cell: (one) => <Day of={one.day} /> },
            {
              id: 'courier',
              label: t('freight.courier'),
              cell: ({ courier_id: id }) =>
                id === undefined ? t('freight.staff') : (names.data?.get(id) ?? id),
            },
            { id: 'taken', label: t('freight.parcels'), align: 'end', cell: (one) => number(one.taken) },
            { id: 'cash', label: t('freight.cash'), align: 'end', cell: (one) => <Money of={one.cash} /> },
            { id: 'card', label: t('freight.card'), align: 'end', cell: (one) => <Money of={one.card} /> },
            {
              id: 'back',
              label: t('freight.back'),
              align: 'end',
              cell: (one) => <Money of={one.given_back} />,
            },
            {
              id: 'owed',
              label: t('freight.owed'),
              align: 'end',
              cell: (one) => <Money of={one.owed} strong />,
            },
          ]}
        />
      </div>
    </Card>
  );
}
