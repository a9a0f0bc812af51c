import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { emptyGoods, goodsOf, worthOf } from './goods.ts';
import { GoodsForm } from './goods-form.tsx';
import { emptyParty, PartyForm, partyOf } from './party-form.tsx';
import { MERCHANT_WORDS } from './words.ts';

type Incoterm = '' | 'DDP' | 'DAP';
const INCOTERMS: readonly Incoterm[] = ['', 'DAP', 'DDP'];

/** One order by hand. */
export function NewOrder() {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [, go] = useLocation();
  const senders = useRead(['senders'], (signal) => api.get('/v1/sender-addresses', { signal }));
  // Until one says otherwise, a parcel stays in the country where it starts.
  const home = senders.data?.data.find((one) => one.is_default)?.place.country ?? 'CN';
  const [reference, setReference] = useState('');
  const [typed, setRecipient] = useState(() => emptyParty(''));
  const recipient = { ...typed, country: typed.country || home };
  const [goods, setGoods] = useState(emptyGoods);
  const [incoterm, setIncoterm] = useState<Incoterm>('');
  const act = useAct(
    async () => {
      const content = goodsOf(goods);
      const worth = worthOf(content.goods);
      const order = {
        reference: reference.trim(),
        channel: 'paste',
        placed_at: new Date().toISOString(),
        recipient: partyOf(recipient),
        ...content,
        ...(worth === undefined ? {} : { order_amount: worth }),
        ...(incoterm === '' ? {} : { incoterm }),
      };
      const { results } = await api.post('/v1/orders', { body: { orders: [{ object_id: 'one', order }] } });
      return results[0];
    },
    {
      touches: [['orders']],
      done: (result) => {
        if (result?.order_id === undefined) return;
        toast(
          result.outcome === 'created' ? 'ok' : 'warn',
          result.outcome === 'created' ? t('new.saved') : t('new.exists'),
        );
        go(`/merchant/orders/${result.order_id}`);
      },
    },
  );
  const refusal = act.data?.error;
  const errors = Object.fromEntries(
    (refusal?.errors ?? []).map((one) => [one.pointer.replace(/^\/order(?=\/)/, ''), one.message]),
  );
  return (
    <Page title={t('new.title')} lead={t('new.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        {senders.data?.data.length === 0 && <NoSender />}
        <Card>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={p('order.reference')} error={errors['/reference']}>
              <Input required maxLength={64} value={reference} onText={setReference} />
            </Field>
            <Field label={t('new.incoterm')} error={errors['/incoterm']}>
              <Select
                value={incoterm}
                onChoice={setIncoterm}
                choices={INCOTERMS.map((one) => ({
                  value: one,
                  label: t(`new.incoterm.${one === '' ? 'none' : one}`),
                }))}
              />
            </Field>
          </div>
        </Card>
        <Card title={t('new.recipient')}>
          <PartyForm draft={recipient} onDraft={setRecipient} errors={errors} at="/recipient" />
        </Card>
        <GoodsForm draft={goods} onDraft={setGoods} errors={errors} />
        {refusal && (
          <div className="mb-4">
            <Notice tone="bad">{refusal.detail || refusal.code}</Notice>
          </div>
        )}
        {act.error && <Failure error={act.error} />}
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('new.save')}
        </Button>
      </form>
    </Page>
  );
}

function NoSender() {
  const t = useWords(MERCHANT_WORDS);
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <p className="mb-2">{t('new.no_sender')}</p>
        <ButtonLink to="/merchant/senders" size="small">
          {t('sender.add')}
        </ButtonLink>
      </Notice>
    </div>
  );
}
