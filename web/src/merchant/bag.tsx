import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Weight } from '../kit/values.tsx';
import { HandoverState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import type { Bag } from './bags.tsx';
import { MERCHANT_WORDS } from './words.ts';

/** A committed bag is opened once more at most: its second commit is for good. */
const COMMITS_IN_ALL = 2;
const TOUCHED = [['bags'], ['handovers']] as const;

/** One bag: its tag to scan, what lies in it, and what can still be done with it. */
export function BagDetail({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const bag = useRead(['bags', id], (signal) =>
    api.get('/v1/bags/{bag_id}', { params: { path: { bag_id: id } }, signal }),
  );
  return (
    <Page
      title={bag.data?.code ?? t('bag.one')}
      lead={<CopyId value={id} />}
      actions={bag.data && <Actions bag={bag.data} />}
    >
      <Read of={bag} rows={6}>
        {(found) => (
          <>
            <Head bag={found} />
            <Contents key={found.version} bag={found} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ bag }: { readonly bag: Bag }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return (
    <Card>
      {bag.state !== 'canceled' && (
        <div className="mb-4 grid gap-1">
          <CodeSymbol kind="code128" text={bag.code} label={t('bag.bars')} />
          <p className="text-sm text-soft">{t('bag.bars_hint')}</p>
        </div>
      )}
      <Facts
        of={[
          [p('order.state'), <HandoverState key="state" of={bag.state} />],
          [t('bag.container'), t(`bag.container.${bag.container}`)],
          [t('pickup.parcels'), bag.parcel_count],
          [t('bag.weight'), bag.weight_grams && <Weight key="weight" grams={bag.weight_grams} />],
          [
            t('bag.handover'),
            bag.handover_id && (
              <Link
                key="handover"
                className="number text-accent hover:underline"
                href={`/merchant/handovers/${bag.handover_id}`}
              >
                {bag.handover_id}
              </Link>
            ),
          ],
          [t('handover.changed'), <Moment key="changed" at={bag.changed_at} whole />],
        ]}
      />
    </Card>
  );
}

function canEdit({ state, commits }: Bag): boolean {
  return state === 'draft' || (state === 'committed' && commits < COMMITS_IN_ALL);
}

function Actions({ bag }: { readonly bag: Bag }) {
  const t = useWords(MERCHANT_WORDS);
  const params = { path: { bag_id: bag.id } };
  const commit = useAct(() => api.post('/v1/bags/{bag_id}/commit', { params }), {
    touches: TOUCHED,
    done: () => toast('ok', t('bag.committed')),
  });
  const cancel = useAct(() => api.post('/v1/bags/{bag_id}/cancellation', { params }), {
    touches: TOUCHED,
    done: () => toast('ok', t('bag.cancelled')),
  });
  const error = commit.error ?? cancel.error;
  const isLoose = bag.handover_id === undefined && (bag.state === 'draft' || bag.state === 'committed');
  return (
    <>
      {error && <Failure error={error} />}
      {isLoose && (
        <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('bag.cancel')}
        </Button>
      )}
      {canEdit(bag) && (bag.state === 'draft' || bag.has_edits) && (
        <Button look="primary" busy={commit.isPending} onClick={() => commit.mutate(undefined)}>
          {t('bag.commit')}
        </Button>
      )}
    </>
  );
}

function Contents({ bag }: { readonly bag: Bag }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const act = useAct(
    () =>
      api.post('/v1/bags/{bag_id}/parcels', {
        params: { path: { bag_id: bag.id } },
        body: { remove: [...selected] },
      }),
    { touches: TOUCHED, done: () => toast('ok', t('bag.taken_out')) },
  );
  const rows = bag.parcels ?? [];
  return (
    <Card title={t('bag.contents')}>
      {rows.length === 0 ? (
        <Empty title={t('bag.empty')} />
      ) : (
        <Table
          label={t('bag.contents')}
          rows={rows}
          rowId={(one) => one.parcel_id}
          columns={[
            {
              id: 'number',
              label: p('shipment.number'),
              isName: true,
              cell: (one) => (
                <Link
                  className="number text-accent hover:underline"
                  href={`/merchant/shipments/${one.shipment_id}`}
                >
                  {one.number}
                </Link>
              ),
            },
            { id: 'arrived', label: t('bag.arrived'), cell: (one) => t(`bag.arrived.${one.state}`) },
          ]}
          {...(canEdit(bag) ? { selection: { selected, onSelected: setSelected } } : {})}
        />
      )}
      {act.error && <Failure error={act.error} />}
      {selected.size > 0 && (
        <div className="screen-only mt-3">
          <Button busy={act.isPending} onClick={() => act.mutate(undefined)}>
            {t('bag.take_out', { count: selected.size })}
          </Button>
        </div>
      )}
    </Card>
  );
}
