import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { type Pickup, PickupState } from '../parcels/states.tsx';
import { Assign } from './assign.tsx';
import { BlockDoor } from './block-door.tsx';
import { CancelVisit } from './cancel-visit.tsx';
import { useAreaNames } from './visits.tsx';
import { Why } from './why.tsx';
import { VISIT_WORDS } from './words.ts';

/** Before the courier stands at the door: only then another one may be sent, or the visit called off. */
const BEFORE_DOOR: readonly Pickup['state'][] = ['placed', 'assigned', 'accepted', 'on_the_way'];
const CAN_CANCEL: readonly Pickup['state'][] = [...BEFORE_DOOR, 'code_verified', 'failed'];

/** One door visit: who comes, what happened, and what the carrier's desk can do about it. */
export function VisitDetail({ id }: { readonly id: string }) {
  const t = useWords(VISIT_WORDS);
  const visit = useRead(
    ['pickups', 'one', id],
    (signal) => api.get('/v1/pickups/{pickup_id}', { params: { path: { pickup_id: id } }, signal }),
    { everyMs: 20_000 },
  );
  const found = visit.data;
  return (
    <Page
      title={t('visit.title')}
      lead={<CopyId value={id} />}
      actions={
        <>
          <ButtonLink to="/carrier/visits">{t('visit.back')}</ButtonLink>
          {found && <BlockDoor visit={found} />}
          {found && CAN_CANCEL.includes(found.state) && <CancelVisit id={id} />}
        </>
      }
    >
      <Read of={visit} rows={8}>
        {(one) => (
          <>
            <Head visit={one} />
            {BEFORE_DOOR.includes(one.state) && <Assign key={one.courier_id ?? ''} visit={one} />}
            {one.code_locked && BEFORE_DOOR.includes(one.state) && <RenewCode id={id} />}
            <ParcelsOf visit={one} />
            <History visit={one} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ visit }: { readonly visit: Pickup }) {
  const t = useWords(VISIT_WORDS);
  const nameOf = useAreaNames();
  const address = visit.sender?.address;
  const door = [visit.sender?.company, visit.sender?.name, ...(address?.lines ?? []), address?.city]
    .filter(Boolean)
    .join(', ');
  return (
    <Card>
      <Facts
        of={[
          [t('visit.state'), <PickupState key="state" of={visit.state} />],
          [
            t('visit.window'),
            <span key="window">
              <Moment at={visit.window.starts_at} whole /> – <Moment at={visit.window.ends_at} />
            </span>,
          ],
          [t('visit.courier'), visit.courier?.name ?? t('visit.no_courier')],
          [
            t('visit.area'),
            <Link key="area" className="text-accent hover:underline" href={`/carrier/areas/${visit.area_id}`}>
              {nameOf(visit.area_id)}
            </Link>,
          ],
          [t('visit.sender'), door || '–'],
          [t('visit.place'), [visit.place.postcode, visit.place.city].filter(Boolean).join(' ')],
          [t('block.customer_of'), <CopyId key="customer" value={visit.organisation_id} />],
          [t('visit.attempts'), visit.attempts],
          [t('visit.reason'), <Why key="reason" of={visit.reason} />],
        ]}
      />
    </Card>
  );
}

function RenewCode({ id }: { readonly id: string }) {
  const t = useWords(VISIT_WORDS);
  const act = useAct(
    () => api.post('/v1/pickups/{pickup_id}/code-renewal', { params: { path: { pickup_id: id } } }),
    { touches: [['pickups']], done: () => toast('ok', t('visit.code_renewed')) },
  );
  return (
    <div className="mb-4 grid gap-3">
      <Notice tone="warn">
        <p className="mb-2">{t('visit.locked')}</p>
        <Button busy={act.isPending} onClick={() => act.mutate(undefined)}>
          {t('visit.code_renew')}
        </Button>
      </Notice>
      {act.error && <Failure error={act.error} />}
    </div>
  );
}

function ParcelsOf({ visit }: { readonly visit: Pickup }) {
  const t = useWords(VISIT_WORDS);
  return (
    <Card title={t('visit.parcels')}>
      <Table
        label={t('visit.parcels')}
        rows={visit.parcels}
        rowId={(one) => one.parcel_id}
        columns={[
          {
            id: 'number',
            label: t('visit.number'),
            isName: true,
            cell: (one) => (
              <Link
                className="number text-accent hover:underline"
                href={`/carrier/shipments/${one.shipment_id}`}
              >
                {one.number}
              </Link>
            ),
          },
          {
            id: 'outcome',
            label: t('visit.outcome'),
            cell: (one) => (one.outcome === undefined ? '–' : t(`outcome.${one.outcome}`)),
          },
          { id: 'reason', label: t('visit.reason'), cell: (one) => <Why of={one.reason} /> },
        ]}
      />
    </Card>
  );
}

const FACTS = [
  'booked',
  'assigned',
  'reassigned',
  'accepted',
  'set_out',
  'code_verified',
  'code_wrong',
  'code_locked',
  'code_renewed',
  'collected',
  'handed_over',
  'failed',
  'refused',
  'rescheduled',
  'cancelled',
] as const;

function History({ visit }: { readonly visit: Pickup }) {
  const t = useWords(VISIT_WORDS);
  const nameOf = (fact: string) => {
    const known = FACTS.find((one) => one === fact);
    return known === undefined ? fact.replaceAll('_', ' ') : t(`fact.${known}`);
  };
  return (
    <Card title={t('visit.history')}>
      <Table
        label={t('visit.history')}
        rows={(visit.history ?? []).toReversed()}
        rowId={(one) => `${one.version} ${one.fact}`}
        columns={[
          { id: 'fact', label: t('visit.fact'), isName: true, cell: (one) => nameOf(one.fact) },
          { id: 'at', label: t('visit.at'), cell: (one) => <Moment at={one.recorded_at} whole /> },
          { id: 'reason', label: t('visit.reason'), cell: (one) => <Why of={one.reason} /> },
        ]}
      />
    </Card>
  );
}
