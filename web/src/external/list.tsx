import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { VerificationState } from '../verifications/parts.tsx';
import { type ExternalShipment, ExternalState, Hold, TrackingStatus } from './parts.tsx';
import { EXTERNAL_WORDS } from './words.ts';

const SHOWN = ['all', 'declared', 'withdrawn'] as const;

/** What was declared, newest first. */
export function ExternalShipments() {
  const t = useWords(EXTERNAL_WORDS);
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const [, go] = useLocation();
  const at = useFaceAddress();
  const columns = useColumns();
  const shipments = usePages(['external-shipments', shown], (cursor, signal) =>
    api.get('/v1/external-shipments', {
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
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ButtonLink to={at('/external/import')}>{t('import')}</ButtonLink>
          <ButtonLink look="primary" to={at('/external/new')}>
            {t('declare')}
          </ButtonLink>
        </>
      }
    >
      <div className="screen-only mb-3 max-w-64">
        <Field label={t('state')}>
          <Select
            value={shown}
            onChoice={setShown}
            choices={SHOWN.map((one) => ({ value: one, label: t(`state.${one}`) }))}
          />
        </Field>
      </div>
      <Card>
        <PagedTable
          label={t('title')}
          of={shipments}
          columns={columns}
          rowId={(one) => one.id}
          onOpen={(one) => go(at(`/external/${one.id}`))}
          empty={<Empty title={t('none')} hint={t('none.hint')} />}
        />
      </Card>
    </Page>
  );
}

function useColumns(): readonly Column<ExternalShipment>[] {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  return useMemo(
    () => [
      {
        id: 'number',
        label: t('number'),
        isName: true,
        cell: (row) => (
          <Link className="number text-accent hover:underline" href={at(`/external/${row.id}`)}>
            {row.number}
          </Link>
        ),
      },
      { id: 'carrier', label: t('carrier'), cell: (row) => <CarrierName code={row.carrier_code} /> },
      {
        id: 'order',
        label: t('order'),
        cell: (row) => (
          <Link className="text-accent hover:underline" href={at(`/orders/${row.order_id}`)}>
            {row.order_reference}
          </Link>
        ),
      },
      { id: 'state', label: t('state'), cell: (row) => <ExternalState of={row.state} /> },
      { id: 'tracking', label: t('tracking'), cell: (row) => <TrackingStatus of={row.tracking_status} /> },
      {
        id: 'verification',
        label: t('verification'),
        cell: (row) =>
          row.verification_state === undefined ? '–' : <VerificationState of={row.verification_state} />,
      },
      { id: 'hold', label: t('hold'), cell: (row) => <Hold of={row.hold} /> },
      { id: 'declared', label: t('declared'), cell: (row) => <Moment at={row.declared_at} /> },
    ],
    [t, at],
  );
}
