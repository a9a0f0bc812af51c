import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Failure } from '../kit/states.tsx';
import { ShipmentDetail } from '../parcels/shipment.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import type { Shipment } from '../parcels/states.tsx';
import { ANSWERS, Answer, AnswerActions, useTake } from './answer.tsx';
import { CARRIER_WORDS } from './words.ts';

/** Shipments bought on the carrier's lines, first those that wait for its answer. */
export function Orders() {
  const t = useWords(CARRIER_WORDS);
  const [word, setWord] = useAddressWord('answer');
  const shown = word === 'all' ? 'all' : (ANSWERS.find((one) => one === word) ?? 'pending');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [, go] = useLocation();
  const take = useTake(() => setSelected(new Set()));
  const columns = useShipmentColumns().filter((column) => column.id !== 'freight');
  const orders = usePages(
    ['shipments', 'orders', shown],
    (cursor, signal) =>
      api.get('/v1/shipments', {
        params: {
          query: {
            limit: 50,
            ...(cursor === undefined ? {} : { cursor }),
            ...(shown === 'all' ? {} : { acknowledgement: shown }),
          },
        },
        signal,
      }),
    { everyMs: 20_000 },
  );
  return (
    <Page
      title={t('menu.orders')}
      lead={t('orders.lead')}
      actions={
        <>
          <ButtonLink to="/carrier/scans">{t('menu.scans')}</ButtonLink>
          <Button
            look="primary"
            disabled={selected.size === 0}
            busy={take.isPending}
            onClick={() => take.mutate([...selected])}
          >
            {t('ack.take_many', { count: selected.size })}
          </Button>
        </>
      }
    >
      <div className="screen-only mb-3">
        <Choices
          legend={t('orders.show')}
          value={shown}
          onChoice={setWord}
          choices={[...ANSWERS, 'all' as const].map((one) => ({ value: one, label: t(`ack.${one}`) }))}
        />
      </div>
      {take.error && <Failure error={take.error} />}
      <Card>
        <PagedTable
          of={orders}
          empty={<Empty title={t('orders.none')} hint={t('orders.none_hint')} />}
          label={t('menu.orders')}
          rowId={(one) => one.id}
          onOpen={(one) => go(`/carrier/shipments/${one.id}`)}
          columns={[
            ...columns,
            ...(shown === 'all'
              ? [
                  {
                    id: 'answer',
                    label: t('ack'),
                    cell: (one: Shipment) => <Answer of={one.acknowledgement} />,
                  },
                ]
              : []),
          ]}
          selection={{
            selected,
            onSelected: setSelected,
            canSelect: (one) => one.acknowledgement === 'pending',
          }}
        />
      </Card>
    </Page>
  );
}

export function CarrierShipment({ id }: { readonly id: string }) {
  return <ShipmentDetail id={id} actions={(shipment) => <AnswerActions shipment={shipment} />} />;
}
