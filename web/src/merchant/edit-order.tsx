import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { majorOf, minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { MaskedPartyLines } from '../parcels/place.tsx';
import type { Order } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { draftOf, goodsOf } from './goods.ts';
import { GoodsForm } from './goods-form.tsx';
import { emptyParty, type PartyDraft, PartyForm, partyOf } from './party-form.tsx';
import { MERCHANT_WORDS } from './words.ts';

type Edit = components['schemas']['OrderEditInput'];
type Handover = NonNullable<Edit['handover']>;
const HANDOVERS: readonly Handover[] = ['door_pickup', 'drop_off', 'self_post'];
const INCOTERMS = ['DAP', 'DDP'] as const;
const UNDELIVERABLE = ['return', 'destroy'] as const;

/** What an order holds, until it is bought for: offers are made anew from what is stored. */
export function EditOrder({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const order = useRead(['orders', id], (signal) =>
    api.get('/v1/orders/{order_id}', { params: { path: { order_id: id } }, signal }),
  );
  return (
    <Page
      title={t('edit.title')}
      lead={order.data?.reference}
      actions={<ButtonLink to={`/merchant/orders/${id}`}>{t('edit.back')}</ButtonLink>}
    >
      <Read of={order} rows={8}>
        {(found) =>
          found.state === 'open' ? (
            // A reading in the background does not change what one types.
            <EditForm order={found} />
          ) : (
            <Notice tone="idle">{t('edit.too_late')}</Notice>
          )
        }
      </Read>
    </Page>
  );
}

type Terms = {
  readonly amount: string;
  readonly incoterm: '' | (typeof INCOTERMS)[number];
  readonly handover: '' | Handover;
  readonly undeliverable: Order['undeliverable'];
  readonly senderAddressId: string;
  readonly note: string;
};

function termsOf(order: Order): Terms {
  return {
    amount: order.order_amount === undefined ? '' : majorOf(order.order_amount),
    incoterm: order.incoterm ?? '',
    handover: order.handover ?? '',
    undeliverable: order.undeliverable,
    senderAddressId: '',
    note: order.note ?? '',
  };
}

/** Only what was given: the API keeps what an edit leaves out. */
function editOf(terms: Terms, currency: string): Edit {
  const { amount, incoterm, handover, undeliverable, senderAddressId, note } = terms;
  return {
    undeliverable,
    ...(amount === '' ? {} : { order_amount: { amount_minor: minorOf(amount, currency), currency } }),
    ...(incoterm === '' ? {} : { incoterm }),
    ...(handover === '' ? {} : { handover }),
    ...(senderAddressId === '' ? {} : { sender_address_id: senderAddressId }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
}

function EditForm({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  const [, go] = useLocation();
  const [terms, setTerms] = useState(() => termsOf(order));
  const [goods, setGoods] = useState(() => draftOf(order));
  const [recipient, setRecipient] = useState<PartyDraft>();
  const act = useAct(
    () => {
      const currency = order.order_amount?.currency ?? goods.items[0]?.currency ?? 'EUR';
      const body: Edit = {
        ...editOf(terms, currency),
        ...goodsOf(goods),
        ...(recipient === undefined ? {} : { recipient: partyOf(recipient) }),
      };
      return api.patch('/v1/orders/{order_id}', { params: { path: { order_id: order.id } }, body });
    },
    {
      touches: [['orders'], ['order-offers']],
      done: () => {
        toast('ok', t('edit.saved'));
        go(`/merchant/orders/${order.id}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined);
      }}
    >
      <TermFields order={order} terms={terms} onTerms={setTerms} errors={errors} />
      <Recipient order={order} draft={recipient} onDraft={setRecipient} errors={errors} />
      <GoodsForm draft={goods} onDraft={setGoods} errors={errors} />
      {act.error && <Failure error={act.error} />}
      <Button type="submit" look="primary" busy={act.isPending}>
        {t('edit.save')}
      </Button>
    </form>
  );
}

function TermFields({
  order,
  terms,
  onTerms,
  errors,
}: {
  readonly order: Order;
  readonly terms: Terms;
  readonly onTerms: (terms: Terms) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const senders = useRead(['senders'], (signal) => api.get('/v1/sender-addresses', { signal }));
  const set =
    <Name extends keyof Terms>(name: Name) =>
    (value: Terms[Name]) =>
      onTerms({ ...terms, [name]: value });
  /** What was never said may stay unsaid; once it was said it can only be said otherwise. */
  const unsaid = (was: unknown, label: string) => (was === undefined ? [{ value: '' as const, label }] : []);
  return (
    <Card>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={p('order.amount')} error={errors['/order_amount/amount_minor']}>
          <Input
            inputMode="decimal"
            pattern="\d+([.,]\d{1,3})?"
            required={order.order_amount !== undefined}
            value={terms.amount}
            onText={set('amount')}
          />
        </Field>
        <Field label={t('new.incoterm')} error={errors['/incoterm']}>
          <Select
            value={terms.incoterm}
            onChoice={set('incoterm')}
            choices={[
              ...unsaid(order.incoterm, t('new.incoterm.none')),
              ...INCOTERMS.map((one) => ({ value: one, label: t(`new.incoterm.${one}`) })),
            ]}
          />
        </Field>
        <Field label={t('ship.handover')} error={errors['/handover']}>
          <Select
            value={terms.handover}
            onChoice={set('handover')}
            choices={[
              ...unsaid(order.handover, t('edit.at_purchase')),
              ...HANDOVERS.map((one) => ({ value: one, label: p(`ship.handover.${one}`) })),
            ]}
          />
        </Field>
        <Field label={p('shipment.undeliverable')} error={errors['/undeliverable']}>
          <Select
            value={terms.undeliverable}
            onChoice={set('undeliverable')}
            choices={UNDELIVERABLE.map((one) => ({ value: one, label: p(`shipment.undeliverable.${one}`) }))}
          />
        </Field>
        <Field label={t('new.sender')} error={errors['/sender_address_id']}>
          <Select
            value={terms.senderAddressId}
            onChoice={set('senderAddressId')}
            choices={[
              { value: '', label: t('edit.sender_stays') },
              ...(senders.data?.data ?? []).map((one) => ({ value: one.id, label: one.label })),
            ]}
          />
        </Field>
        <div className="sm:col-span-2">
          <Field label={p('order.note')} error={errors['/note']}>
            <Textarea rows={2} maxLength={500} value={terms.note} onText={set('note')} />
          </Field>
        </div>
      </div>
    </Card>
  );
}

/** Masked until one corrects it; then the stored party is shown in full once, which is logged, or typed in anew. */
function Recipient({
  order,
  draft,
  onDraft,
  errors,
}: {
  readonly order: Order;
  readonly draft: PartyDraft | undefined;
  readonly onDraft: (draft: PartyDraft) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const reveal = useAct(
    (partyId: string) =>
      api.post('/v1/parties/{party_id}/reveals', {
        params: { path: { party_id: partyId } },
        body: { purpose: 'customer_contact', fields: ['name', 'phone', 'address'] },
      }),
    {
      done: ({ party }) =>
        onDraft({
          ...emptyParty(party.address?.country ?? order.to.country),
          name: party.name ?? '',
          phone: party.phone ?? '',
          division: party.address?.division ?? '',
          city: party.address?.city ?? '',
          district: party.address?.district ?? '',
          postcode: party.address?.postcode ?? '',
          lines: party.address?.lines.join('\n') ?? '',
        }),
    },
  );
  const stored = order.recipient?.id;
  return (
    <Card title={p('order.recipient')}>
      {draft === undefined ? (
        <div className="grid justify-items-start gap-3">
          <MaskedPartyLines of={order.recipient} />
          {reveal.error && <Failure error={reveal.error} />}
          <div className="flex flex-wrap gap-2">
            {stored !== undefined && (
              <Button size="small" busy={reveal.isPending} onClick={() => reveal.mutate(stored)}>
                {t('edit.correct_recipient')}
              </Button>
            )}
            <Button size="small" onClick={() => onDraft(emptyParty(order.to.country))}>
              {t('edit.new_recipient')}
            </Button>
          </div>
          <p className="text-xs text-soft">{p('shipment.reveal_hint')}</p>
        </div>
      ) : (
        <PartyForm draft={draft} onDraft={onDraft} errors={errors} at="/recipient" />
      )}
    </Card>
  );
}
