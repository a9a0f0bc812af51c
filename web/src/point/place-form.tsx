import { useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Notice } from '../kit/status.tsx';
import { placeIn } from './codes.ts';
import { useHere } from './here.tsx';
import { OpenRecord } from './parts.tsx';
import { aboutNumber } from './shelf.ts';
import type { DeviceAction, ShelfParcel } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

export type Placed = Pick<DeviceAction, 'size' | 'recipient' | 'consent'> & { readonly place: string };
type GivenBy = 'recipient_at_counter' | 'recipient_by_phone';

/** The words of `consent.words`; another version when they change. */
const WORDING = 'counter-2026-11';

/** Where a parcel is put; of one that nobody announced also whose it is, and that he agreed. */
export function PlaceForm({
  number,
  parcel,
  lastPlace,
  isBusy,
  onPlaced,
}: {
  readonly number: string;
  readonly parcel: ShelfParcel | undefined;
  readonly lastPlace: string;
  readonly isBusy: boolean;
  readonly onPlaced: (placed: Placed) => void;
}) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const [typed, setTyped] = useState(lastPlace);
  const [size, setSize] = useState(parcel?.size ?? 'm');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [givenBy, setGivenBy] = useState<GivenBy>('recipient_at_counter');
  const [agrees, setAgrees] = useState(false);
  const place = placeIn(point.kind, typed);
  const isUnannounced = parcel?.consent === undefined;
  const isWhole = place !== undefined && (!isUnannounced || (name.trim() !== '' && agrees));
  const submit = () => {
    if (!isWhole) return;
    const recipient = { name: name.trim(), ...(phone.trim() === '' ? {} : { phone: phone.trim() }) };
    const channel = givenBy === 'recipient_by_phone' ? 'phone' : 'counter';
    const consent = {
      given_by: givenBy,
      given_at: new Date().toISOString(),
      channel,
      wording: WORDING,
    } as const;
    onPlaced({ place, size, ...(isUnannounced ? { recipient, consent } : {}) });
  };
  return (
    <Card title={number}>
      <OpenRecord about={aboutNumber(number)} />
      {parcel?.recipient_name !== undefined && <p className="mb-3 text-lg">{parcel.recipient_name}</p>}
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {isUnannounced && (
          <>
            <Notice tone="warn">{t('take_in.unannounced')}</Notice>
            <Field label={t('consent.name')}>
              <Input value={name} onText={setName} />
            </Field>
            <Field label={t('consent.phone')}>
              <Input value={phone} onText={setPhone} inputMode="tel" />
            </Field>
            <BigChoices
              legend={t('consent.given')}
              value={givenBy}
              onChoice={setGivenBy}
              columns={2}
              choices={(['recipient_at_counter', 'recipient_by_phone'] as const).map((value) => ({
                value,
                label: t(`consent.${value}`),
              }))}
            />
            <Checkbox label={t('consent.words')} checked={agrees} onCheck={setAgrees} />
          </>
        )}
        <Field
          label={t(point.kind === 'locker' ? 'place.compartment' : 'place.label')}
          hint={t(point.kind === 'locker' ? 'place.compartment_hint' : 'place.hint')}
          error={typed !== '' && place === undefined ? t('place.wrong') : undefined}
        >
          <Input value={typed} onText={setTyped} mono autoCapitalize="characters" enterKeyHint="done" />
        </Field>
        <BigChoices
          legend={t('size.label')}
          value={size}
          onChoice={setSize}
          columns={3}
          choices={(['s', 'm', 'l'] as const).map((value) => ({ value, label: t(`size.${value}`) }))}
        />
        <Button type="submit" look="primary" size="large" wide busy={isBusy} disabled={!isWhole}>
          {t('take_in.store')}
        </Button>
      </form>
    </Card>
  );
}
