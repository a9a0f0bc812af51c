import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Badge, Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Money } from '../kit/values.tsx';
import { ChargeName } from '../parcels/charge-name.tsx';
import type { Order } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { splitCharges } from './split.ts';
import { MERCHANT_WORDS } from './words.ts';

type Offers = components['schemas']['Offers'];
type Offer = components['schemas']['Offer'];
type Handover = Offer['handover_choices'][number];
type Programme = Offer['programmes'][number];

/** What can carry this order, at what price and by when; what cannot, and why not. */
export function ShipWizard({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  const answer = useRead(['order-offers', order.id, order.version], async (signal) => {
    const { results } = await api.post('/v1/orders/offers', { body: { order_ids: [order.id] }, signal });
    return results[0];
  });
  return (
    <Card title={t('ship.title')}>
      <Read of={answer} rows={5}>
        {(one) =>
          one?.answer === undefined ? (
            <Notice tone="warn">
              {one?.error?.detail || one?.error?.code}
              {one?.error?.errors?.map((error) => (
                <p key={error.pointer}>
                  <span className="number">{error.pointer}</span> {error.message}
                </p>
              ))}
            </Notice>
          ) : (
            <OfferList order={order} offers={one.answer} />
          )
        }
      </Read>
    </Card>
  );
}

function OfferList({ order, offers }: { readonly order: Order; readonly offers: Offers }) {
  const t = useWords(MERCHANT_WORDS);
  const { instant } = useFormats();
  return (
    <div className="grid gap-4">
      {offers.offers.length === 0 ? (
        <Notice tone="warn">{t('ship.no_offers')}</Notice>
      ) : (
        <p className="text-sm text-soft">{t('ship.lead', { until: instant(offers.expires_at) })}</p>
      )}
      <ul className="grid gap-3">
        {offers.offers.map((offer) => (
          <OfferCard key={offer.offer_id} order={order} offer={offer} zone={offers.destination_zone} />
        ))}
      </ul>
      {offers.refused.length > 0 && <Refusals refused={offers.refused} />}
    </div>
  );
}

function OfferCard({
  order,
  offer,
  zone,
}: {
  readonly order: Order;
  readonly offer: Offer;
  readonly zone: Offers['destination_zone'];
}) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const { money, promised } = useFormats();
  const language = useLanguage();
  // An order that names a programme is bought by it or not at all; else the most generous one is taken first.
  const named = offer.programmes.find((one) => one.programme_id === order.programme_id);
  const [chosen, setChosen] = useState((named ?? offer.programmes[0])?.programme_id ?? '');
  const programme = offer.programmes.find((one) => one.programme_id === chosen);
  return (
    <li className="grid gap-3 rounded-md border border-line p-3.5 sm:grid-cols-[1fr_auto]">
      <div className="grid content-start gap-1.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-lg font-semibold">{offer.line_names[language]}</span>
          <Badge>{p(`class.${offer.service_class}`)}</Badge>
          <Status tone={offer.promise.guaranteed ? 'ok' : 'idle'}>
            {offer.promise.guaranteed ? t('ship.guaranteed') : t('ship.estimate')}
          </Status>
        </p>
        <p className="text-soft">
          {t('ship.promise')} {promised(offer.promise, zone)} (
          {t('ship.days', { min: offer.promise.min_days, max: offer.promise.max_days })})
        </p>
        {order.programme_id === undefined && offer.programmes.length > 0 && (
          <Select
            aria-label={t('ship.programme')}
            value={chosen}
            onChoice={setChosen}
            choices={[
              ...offer.programmes.map((one) => ({
                value: one.programme_id,
                label: t('ship.programme_pays', { name: one.name, amount: money(one.pays) }),
              })),
              { value: '', label: t('ship.programme_none') },
            ]}
          />
        )}
        {order.programme_id !== undefined && named === undefined && (
          <p className="text-sm text-soft">{t('ship.programme_not')}</p>
        )}
        <Charges offer={offer} programme={programme} />
      </div>
      <Purchase order={order} offer={offer} programme={programme} />
    </li>
  );
}

type Bought = { readonly offer: Offer; readonly programme: Programme | undefined };

function Charges({ offer, programme }: Bought) {
  const t = useWords(MERCHANT_WORDS);
  const { weight } = useFormats();
  return (
    <details open={programme !== undefined}>
      <summary className="cursor-pointer text-sm text-accent underline">{t('ship.why_price')}</summary>
      <p className="mt-1 text-sm text-soft">
        {t('ship.zone', { zone: offer.zone })} ·{' '}
        {t('ship.chargeable', { weight: offer.chargeable_grams.map((grams) => weight(grams)).join(' + ') })}
      </p>
      {programme === undefined ? (
        <ul className="mt-1 grid max-w-md gap-0.5 text-sm">
          {offer.charges.map((charge, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: charge lines of a parcel may be alike
            <li key={index} className="flex justify-between gap-4">
              <span>
                <ChargeName of={charge} />
              </span>
              <Money of={charge.amount} />
            </li>
          ))}
        </ul>
      ) : (
        <WhoPays offer={offer} programme={programme} />
      )}
    </details>
  );
}

/** Each line of the price by who pays it; what the warehouse weighs more is the merchant's. */
function WhoPays({ offer, programme }: { readonly offer: Offer; readonly programme: Programme }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const parts = splitCharges(
    offer.charges.map((charge) => charge.amount.amount_minor),
    programme.pays.amount_minor,
  );
  const rows = offer.charges.map((charge, index) => {
    const { programme: theirs = 0, merchant: ours = 0 } = parts[index] ?? {};
    const { currency } = charge.amount;
    return {
      id: String(index),
      name: <ChargeName of={charge} />,
      theirs: { amount_minor: theirs, currency },
      ours: { amount_minor: ours, currency },
    };
  });
  const total = { id: 'total', name: t('ship.total'), theirs: programme.pays, ours: programme.merchant_pays };
  return (
    <div className="mt-1 max-w-xl">
      <Table
        label={t('ship.who_pays')}
        rows={[...rows, total]}
        rowId={(row) => row.id}
        columns={[
          { id: 'name', label: p('shipment.line_of_charge'), isName: true, cell: (row) => row.name },
          { id: 'theirs', label: programme.name, align: 'end', cell: (row) => <Money of={row.theirs} /> },
          { id: 'ours', label: t('ship.you_pay'), align: 'end', cell: (row) => <Money of={row.ours} /> },
        ]}
      />
      <p className="mt-1 text-xs text-soft">{t('ship.programme_hint')}</p>
    </div>
  );
}

function Purchase({ order, offer, programme }: Bought & { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [, go] = useLocation();
  const choices = offer.handover_choices;
  const [handover, setHandover] = useState<Handover>(order.handover ?? choices[0] ?? 'drop_off');
  const act = useAct(
    async () => {
      const { offer_id } = offer;
      const line = {
        object_id: order.id,
        order_id: order.id,
        offer_id,
        handover,
        ...(programme === undefined ? {} : { programme_id: programme.programme_id }),
      };
      const { results } = await api.post('/v1/shipments/batch', { body: { lines: [line] } });
      return results[0];
    },
    {
      touches: [['orders'], ['shipments'], ['wallets'], ['waybills']],
      done: (result) => {
        if (result?.shipment === undefined) return;
        toast('ok', t('ship.bought', { id: result.shipment.id }));
        go(`/merchant/shipments/${result.shipment.id}`);
      },
    },
  );
  return (
    <div className="grid content-start gap-2 sm:min-w-52 sm:justify-items-end">
      <p className="text-xl font-semibold">
        <Money of={programme?.merchant_pays ?? offer.total} />
      </p>
      {programme && (
        <p className="text-sm text-soft">
          {t('ship.instead_of')} <Money of={offer.total} />
        </p>
      )}
      {choices.length > 1 && (
        <Choices
          legend={t('ship.handover')}
          value={handover}
          onChoice={setHandover}
          choices={choices.map((one) => ({ value: one, label: p(`ship.handover.${one}`) }))}
        />
      )}
      {act.error && <Failure error={act.error} />}
      {act.data?.error && <Notice tone="bad">{act.data.error.detail || act.data.error.code}</Notice>}
      <Button look="primary" busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {t('ship.buy')}
      </Button>
    </div>
  );
}

function Refusals({ refused }: { readonly refused: Offers['refused'] }) {
  const t = useWords(MERCHANT_WORDS);
  return (
    <details>
      <summary className="cursor-pointer text-accent underline">
        {t('ship.refused', { count: refused.length })}
      </summary>
      <ul className="mt-2 grid gap-2">
        {refused.map(({ line_code, reasons }) => (
          <li key={line_code} className="rounded-md border border-line p-2.5">
            <p className="number font-medium">{line_code}</p>
            <ul className="text-sm text-soft">
              {reasons.map((reason, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line may refuse two parcels alike
                <li key={index}>
                  {reason.message}
                  {reason.actual !== undefined && reason.limit !== undefined && (
                    <> ({t('ship.limit', { actual: reason.actual, limit: reason.limit })})</>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
