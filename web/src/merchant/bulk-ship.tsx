import type { components } from '@postroad/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Checkbox, Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Money } from '../kit/values.tsx';
import type { Order } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { batchesOf, MOST_ORDERS } from './batches.ts';
import { chosenOrders } from './chosen-orders.ts';
import { MERCHANT_WORDS } from './words.ts';

type Result = components['schemas']['PurchaseBatchAnswer']['results'][number];
type Rule = 'cheapest' | 'fastest' | 'best';
const RULES: readonly Rule[] = ['cheapest', 'fastest', 'best'];
const TONES = { bought: 'ok', existing: 'idle', refused: 'bad' } as const;

/** Buys shipments for up to 500 orders, a hundred in each request; each line is answered by itself. */
export function BulkShip() {
  const t = useWords(MERCHANT_WORDS);
  const orders = useRead(['orders', 'to-ship'], readChosen);
  return (
    <Page title={t('bulk.title')} lead={t('bulk.lead')}>
      <Read of={orders} rows={6}>
        {(found) =>
          found.length === 0 ? (
            <Empty
              title={t('bulk.none')}
              action={<ButtonLink to="/merchant/orders?state=open">{t('menu.orders')}</ButtonLink>}
            />
          ) : (
            <Buying orders={found} />
          )
        }
      </Read>
    </Page>
  );
}

async function readChosen(signal: AbortSignal): Promise<readonly Order[]> {
  const chosen = chosenOrders() ?? 'open';
  const found: Order[] = [];
  for await (const order of api.listAll('/v1/orders', {
    params: { query: { state: 'open', limit: 100 } },
    signal,
  })) {
    if (chosen === 'open' || chosen.includes(order.id)) found.push(order);
    if (found.length === (chosen === 'open' ? MOST_ORDERS : Math.min(MOST_ORDERS, chosen.length))) break;
  }
  return found;
}

function Buying({ orders }: { readonly orders: readonly Order[] }) {
  const t = useWords(MERCHANT_WORDS);
  const client = useQueryClient();
  const [rule, setRule] = useState<Rule>('best');
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [letProgrammesPay, setLetProgrammesPay] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const missing = orders.filter(({ id }) => (results.get(id)?.outcome ?? 'refused') === 'refused');
  const buy = async () => {
    setBusy(true);
    setError(undefined);
    try {
      for (const batch of batchesOf(missing)) {
        const lines = batch.map(({ id }) => ({
          object_id: id,
          order_id: id,
          choose: rule,
          let_programmes_pay: letProgrammesPay,
        }));
        const answer = await api.post('/v1/shipments/batch', { body: { lines } });
        setResults(
          (known) => new Map([...known, ...answer.results.map((one) => [one.order_id, one] as const)]),
        );
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
      for (const queryKey of [['shipments'], ['wallets'], ['waybills']])
        void client.invalidateQueries({ queryKey });
    }
  };
  return (
    <>
      <Card>
        <div className="grid gap-4">
          <Choices
            legend={t('bulk.rule')}
            value={rule}
            onChoice={setRule}
            choices={RULES.map((one) => ({ value: one, label: t(`bulk.rule.${one}`) }))}
          />
          <p className="text-sm text-soft">{t('bulk.rule.hint')}</p>
          <ProgrammesPay checked={letProgrammesPay} onCheck={setLetProgrammesPay} />
          {orders.length >= MOST_ORDERS && (
            <Notice tone="idle">{t('bulk.limit', { max: MOST_ORDERS })}</Notice>
          )}
          <Progress total={orders.length} results={results} />
          {error !== undefined && <Failure error={error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" busy={isBusy} disabled={missing.length === 0} onClick={() => void buy()}>
              {results.size === 0 ? t('bulk.start', { count: orders.length }) : t('bulk.again')}
            </Button>
            {results.size > 0 && <ButtonLink to="/merchant/print">{t('bulk.print')}</ButtonLink>}
          </div>
        </div>
      </Card>
      <Lines orders={orders} results={results} />
    </>
  );
}

/** Only where the marketplace has programmes that may be spent. */
function ProgrammesPay({
  checked,
  onCheck,
}: {
  readonly checked: boolean;
  readonly onCheck: (checked: boolean) => void;
}) {
  const t = useWords(MERCHANT_WORDS);
  const programmes = useRead(['programmes'], (signal) => api.get('/v1/programmes', { signal }));
  if (programmes.error) return <Failure error={programmes.error} />;
  const found = programmes.data?.data ?? [];
  if (found.length === 0) return null;
  return (
    <div>
      <Checkbox label={t('bulk.programmes')} checked={checked} onCheck={onCheck} />
      <p className="text-sm text-soft">
        {t('bulk.programmes_hint', { names: found.map(({ name }) => name).join(', ') })}
      </p>
    </div>
  );
}

function Progress({
  total,
  results,
}: {
  readonly total: number;
  readonly results: ReadonlyMap<string, Result>;
}) {
  const t = useWords(MERCHANT_WORDS);
  const all = [...results.values()];
  const count = (outcome: Result['outcome']) => all.filter((one) => one.outcome === outcome).length;
  return (
    <div className="grid gap-2" role="status">
      <div
        role="progressbar"
        aria-label={t('bulk.title')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={results.size}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full bg-accent"
          style={{ width: `${(100 * results.size) / Math.max(1, total)}%` }}
        />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <span>{t('bulk.progress', { done: results.size, total })}</span>
        {(['bought', 'existing', 'refused'] as const).map((outcome) => (
          <span key={outcome} className="inline-flex items-center gap-1.5">
            <Status tone={TONES[outcome]}>{t(`bulk.${outcome}`)}</Status> {count(outcome)}
          </span>
        ))}
      </p>
    </div>
  );
}

function Lines({
  orders,
  results,
}: {
  readonly orders: readonly Order[];
  readonly results: ReadonlyMap<string, Result>;
}) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return (
    <Card>
      <Table
        label={t('bulk.title')}
        rows={orders}
        rowId={(order) => order.id}
        columns={[
          {
            id: 'reference',
            label: p('order.reference'),
            isName: true,
            cell: (order) => (
              <Link className="text-accent hover:underline" href={`/merchant/orders/${order.id}`}>
                {order.reference}
              </Link>
            ),
          },
          { id: 'outcome', label: p('order.state'), cell: (order) => <Outcome of={results.get(order.id)} /> },
          {
            id: 'shipment',
            label: p('shipment'),
            cell: (order) => <Bought of={results.get(order.id)?.shipment} />,
          },
          {
            id: 'freight',
            label: p('shipment.freight'),
            align: 'end',
            cell: (order) => {
              const quoted = results.get(order.id)?.shipment?.quoted;
              return quoted === undefined ? '–' : <OwnPart of={quoted} />;
            },
          },
        ]}
      />
    </Card>
  );
}

/** What is left for the merchant, and what a programme pays. */
function OwnPart({ of }: { readonly of: NonNullable<NonNullable<Result['shipment']>['quoted']> }) {
  const t = useWords(MERCHANT_WORDS);
  const { money } = useFormats();
  const pays = of.programme?.pays;
  if (pays === undefined) return <Money of={of.total} />;
  return (
    <span className="grid justify-items-end max-sm:justify-items-start">
      <Money of={{ ...of.total, amount_minor: of.total.amount_minor - pays.amount_minor }} />
      <span className="text-sm text-soft">{t('bulk.programme_paid', { amount: money(pays) })}</span>
    </span>
  );
}

function Bought({ of }: { readonly of: Result['shipment'] }) {
  if (of === undefined) return <>–</>;
  return (
    <Link className="text-accent hover:underline" href={`/merchant/shipments/${of.id}`}>
      {of.parcels[0]?.number ?? of.id}
    </Link>
  );
}

function Outcome({ of }: { readonly of: Result | undefined }) {
  const t = useWords(MERCHANT_WORDS);
  if (of === undefined) return <>–</>;
  return (
    <span className="grid justify-items-start gap-0.5">
      <Status tone={TONES[of.outcome]}>{t(`bulk.${of.outcome}`)}</Status>
      {of.error && <span className="text-sm text-bad">{of.error.detail || of.error.code}</span>}
    </span>
  );
}
