import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { FIELD_WORDS } from '../field/words.ts';
import { useFormats } from '../ground/format.ts';
import { useMay, useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { type HandOutResult, type Shown, useHandOut } from './hand-out.ts';
import { useHere } from './here.tsx';
import { OpenRecord } from './parts.tsx';
import { isOverdue, type Lying } from './shelf.ts';
import type { HandOutWay } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const DOCUMENTS = ['identity_card', 'passport', 'driving_licence', 'other'] as const;

/** One parcel goes to whoever shows that it is his. */
export function HandOutForm({
  parcel,
  said,
  onDone,
}: {
  readonly parcel: Lying;
  /** The code by which it was found. */
  readonly said: string;
  readonly onDone: () => void;
}) {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const { point } = useHere();
  const { person } = useSession();
  const byCode: HandOutWay = point.kind === 'locker' ? 'locker' : 'code';
  const [way, setWay] = useState<HandOutWay>(byCode);
  const [code, setCode] = useState(said);
  const [token, setToken] = useState('');
  const [document, setDocument] = useState<Shown['document']>('identity_card');
  const [fee, setFee] = useState<Shown['fee']>();
  const [cash, setCash] = useState<Shown['cash']>();
  const { handOut, isBusy, result } = useHandOut(parcel);
  // What storage comes to is the server's sum; what is over the free time owes something, also without a network.
  const isFeeDue = parcel.fee_due !== undefined || isOverdue(parcel, Date.now());
  const ways = [byCode, 'friend', ...(person.role === 'point_staff' ? (['identity'] as const) : [])] as const;
  const isWhole =
    (way === 'identity' || (way === 'friend' ? token : code).trim() !== '') &&
    (!isFeeDue || fee !== undefined) &&
    (parcel.cash_on_delivery === undefined || cash !== undefined);
  const go = async () => {
    const became = await handOut({ way, code: code.trim(), token, document, fee, cash });
    if (became.kind === 'done') toast('ok', t('hand_out.done', { number: parcel.number }));
    if (became.kind === 'recorded') toast('warn', f('record.kept'));
    if (became.kind === 'conflict') navigate('/point/records');
    if (became.kind === 'done' || became.kind === 'recorded') onDone();
  };
  return (
    <Card>
      <div className="mb-4 flex items-center justify-between gap-3">
        <span className="min-w-0">
          <span className="block text-xl font-semibold wrap-anywhere">
            {parcel.recipient_name ?? parcel.number}
          </span>
          <span className="number text-soft wrap-anywhere">{parcel.number}</span>
        </span>
        <span className="number text-[2.75rem] leading-none font-bold">{parcel.place}</span>
      </div>
      <OpenRecord about={parcel.id} />
      {result && <Result of={result} parcel={parcel} />}
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) void go();
        }}
      >
        <BigChoices
          legend={t('hand_out.way')}
          value={way}
          onChoice={setWay}
          columns={ways.length === 3 ? 3 : 2}
          choices={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
        />
        {(way === 'code' || way === 'locker') && (
          <Field label={t('hand_out.code')}>
            <Input value={code} onText={setCode} mono autoCapitalize="characters" enterKeyHint="done" />
          </Field>
        )}
        {way === 'friend' && (
          <Field label={t('hand_out.token')} hint={t('hand_out.token_hint')}>
            <Input value={token} onText={setToken} mono autoCapitalize="characters" enterKeyHint="done" />
          </Field>
        )}
        {way === 'identity' && (
          <BigChoices
            legend={t('hand_out.document')}
            value={document}
            onChoice={setDocument}
            columns={2}
            choices={DOCUMENTS.map((value) => ({ value, label: t(`document.${value}`) }))}
          />
        )}
        <Dues parcel={parcel} isFeeDue={isFeeDue} fee={fee} onFee={setFee} cash={cash} onCash={setCash} />
        <Button type="submit" look="primary" size="large" wide busy={isBusy} disabled={!isWhole}>
          {t('hand_out.go')}
        </Button>
        <ButtonLink to={`/point/parcels/${parcel.id}`} size="large">
          {t('parcel.more')}
        </ButtonLink>
      </form>
    </Card>
  );
}

/** What is to be paid before it leaves: storage, and the goods themselves. */
function Dues({
  parcel,
  isFeeDue,
  fee,
  onFee,
  cash,
  onCash,
}: {
  readonly parcel: Lying;
  readonly isFeeDue: boolean;
  readonly fee: Shown['fee'];
  readonly onFee: (fee: Shown['fee']) => void;
  readonly cash: Shown['cash'];
  readonly onCash: (cash: Shown['cash']) => void;
}) {
  const t = useWords(POINT_WORDS);
  const { money } = useFormats();
  const price = parcel.cash_on_delivery;
  return (
    <>
      {isFeeDue && (
        <BigChoices
          legend={
            parcel.fee_due ? t('hand_out.fee', { amount: money(parcel.fee_due) }) : t('hand_out.fee_unknown')
          }
          value={fee}
          onChoice={onFee}
          columns={2}
          choices={(['collected', 'waived'] as const).map((value) => ({ value, label: t(`fee.${value}`) }))}
        />
      )}
      {price !== undefined && (
        <BigChoices
          legend={t('hand_out.cash', { amount: money(price) })}
          value={cash}
          onChoice={onCash}
          columns={2}
          choices={(['cash', 'card'] as const).map((value) => ({ value, label: t(`paid.${value}`) }))}
        />
      )}
    </>
  );
}

function Result({ of, parcel }: { readonly of: HandOutResult; readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  if (of.kind === 'server')
    return (
      <div className="mb-4">
        <Failure error={of.error} />
        {may('unlockShelfParcel') && (
          <ButtonLink to={`/point/parcels/${parcel.id}`} size="large">
            {t('parcel.unlock')}
          </ButtonLink>
        )}
      </div>
    );
  if (of.kind !== 'device') return null;
  return (
    <div className="mb-4">
      <Notice tone="bad">{t(`device.${of.why}`, { left: of.triesLeft })}</Notice>
    </div>
  );
}
