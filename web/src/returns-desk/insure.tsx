import { useState } from 'react';
import { api } from '../ground/api.ts';
import { isAmount, minorOf } from '../ground/minor.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { toast } from '../kit/toast.tsx';
import type { Order } from '../parcels/states.tsx';
import { DESK_WORDS } from './words.ts';

type Buyer = 'seller' | 'buyer';
type Band = { readonly km: string; readonly amount: string };
const BUYERS: readonly Buyer[] = ['seller', 'buyer'];
/** The contract takes no more. */
const MOST_BANDS = 20;
const NO_BAND: Band = { km: '', amount: '' };
const isWhole = ({ km, amount }: Band) => /^\s*[1-9]\d{0,4}\s*$/.test(km) && isAmount(amount);

/** Records that the way back of an order is insured: by whom, and what is paid up to which distance. */
export function InsureReturn({ order }: { readonly order: Order }) {
  const t = useWords(DESK_WORDS);
  const [isOpen, setOpen] = useState(false);
  const currency = currencyOf(order);
  if (!useMay()('insureReturnFreight') || order.state === 'cancelled' || currency === undefined) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('insure')}</Button>
      {isOpen && (
        <Dialog title={t('insure')} open onOpen={setOpen}>
          <Policy orderId={order.id} currency={currency} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

/** The money it was paid in; where nobody says, that of its goods. */
function currencyOf({ order_amount, goods }: Order): string | undefined {
  return order_amount?.currency ?? goods.find((one) => one.unit_value !== undefined)?.unit_value?.currency;
}

function Policy({
  orderId,
  currency,
  onDone,
}: {
  readonly orderId: string;
  readonly currency: string;
  readonly onDone: () => void;
}) {
  const t = useWords(DESK_WORDS);
  const [insurer, setInsurer] = useState('');
  const [boughtBy, setBoughtBy] = useState<Buyer>('seller');
  const [premium, setPremium] = useState('');
  const [bands, setBands] = useState<readonly Band[]>([NO_BAND]);
  const money = (text: string) => ({ amount_minor: minorOf(text, currency), currency });
  const act = useAct(
    () =>
      api.post('/v1/orders/{order_id}/return-insurance', {
        params: { path: { order_id: orderId } },
        body: {
          ...{ insurer: insurer.trim(), bought_by: boughtBy, premium: money(premium) },
          bands: bands.map(({ km, amount }) => ({ up_to_meters: Number(km) * 1_000, amount: money(amount) })),
        },
      }),
    {
      touches: [['returns']],
      done: () => {
        toast('ok', t('insure.done'));
        onDone();
      },
    },
  );
  const put = (index: number, change: Partial<Band>) =>
    setBands(bands.map((band, at) => (at === index ? { ...band, ...change } : band)));
  return (
    <ActForm
      act={act}
      submit={t('insure.do')}
      disabled={insurer.trim() === '' || !isAmount(premium) || !bands.every(isWhole)}
    >
      <Field label={t('insure.insurer')}>
        <Input maxLength={80} value={insurer} onText={setInsurer} />
      </Field>
      <Choices
        legend={t('insure.by')}
        value={boughtBy}
        onChoice={setBoughtBy}
        choices={BUYERS.map((value) => ({ value, label: t(`insure.by.${value}`) }))}
      />
      <Field label={t('insure.premium', { currency })}>
        <Input inputMode="decimal" value={premium} onText={setPremium} />
      </Field>
      <p className="text-sm text-soft">{t('insure.bands')}</p>
      {bands.map((band, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place in the list
        <div key={index} className="grid grid-cols-2 gap-3">
          <Field label={t('insure.km', { number: index + 1 })}>
            <Input inputMode="numeric" maxLength={5} value={band.km} onText={(km) => put(index, { km })} />
          </Field>
          <Field label={t('insure.amount', { number: index + 1, currency })}>
            <Input inputMode="decimal" value={band.amount} onText={(amount) => put(index, { amount })} />
          </Field>
        </div>
      ))}
      <span className="flex flex-wrap gap-2">
        <Button
          size="small"
          disabled={bands.length >= MOST_BANDS}
          onClick={() => setBands([...bands, NO_BAND])}
        >
          {t('insure.more')}
        </Button>
        {bands.length > 1 && (
          <Button size="small" onClick={() => setBands(bands.slice(0, -1))}>
            {t('insure.less')}
          </Button>
        )}
      </span>
    </ActForm>
  );
}
