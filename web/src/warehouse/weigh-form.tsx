import { useState } from 'react';
import { gramsOf, sidesOf } from '../field/scanned.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import type { Shipment, Weighed } from './tasks.ts';
import { differsMuch, type Read, readingOf } from './weighing.ts';
import { WAREHOUSE_WORDS } from './words.ts';

/** Weight and sides of each parcel: typed, or by a scale and a measuring frame that act as keyboards. */
export function WeighForm({
  shipment,
  isBusy,
  onWeighed,
}: {
  readonly shipment: Shipment;
  readonly isBusy: boolean;
  readonly onWeighed: (parcels: readonly Weighed[]) => void;
}) {
  const t = useWords(WAREHOUSE_WORDS);
  const [typed, setTyped] = useState<ReadonlyMap<string, Read>>(new Map());
  const readings = shipment.parcels.map((parcel) => readingOf(parcel.id, typed.get(parcel.id)));
  const isWhole = readings.every((reading) => reading !== undefined);
  return (
    <Card title={t('weigh.title')}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) onWeighed(readings);
        }}
      >
        {shipment.parcels.map((parcel) => (
          <ParcelFields
            key={parcel.id}
            parcel={parcel}
            read={typed.get(parcel.id) ?? { weight: '', sides: '' }}
            onRead={(read) => setTyped((before) => new Map(before).set(parcel.id, read))}
          />
        ))}
        <Button type="submit" size="large" look="primary" wide busy={isBusy} disabled={!isWhole}>
          {t('weigh.accept')}
        </Button>
      </form>
    </Card>
  );
}

function ParcelFields({
  parcel,
  read,
  onRead,
}: {
  readonly parcel: Shipment['parcels'][number];
  readonly read: Read;
  readonly onRead: (read: Read) => void;
}) {
  const t = useWords(WAREHOUSE_WORDS);
  const { weight, number } = useFormats();
  const grams = gramsOf(read.weight);
  const sides = sidesOf(read.sides);
  const hint =
    grams === undefined
      ? t('weigh.weight_hint', { declared: weight(parcel.weight_grams) })
      : t(differsMuch(grams, parcel.weight_grams) ? 'weigh.differs' : 'weigh.is', {
          weight: weight(grams),
          declared: weight(parcel.weight_grams),
        });
  const box =
    sides && [sides.length_mm, sides.width_mm, sides.height_mm].map((side) => number(side / 10)).join(' × ');
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="number mb-1 font-medium">{parcel.number}</legend>
      <Field
        label={t('weigh.weight')}
        hint={hint}
        error={read.weight !== '' && grams === undefined ? t('weigh.weight_wrong') : undefined}
      >
        <Input
          inputMode="decimal"
          value={read.weight}
          onText={(text) => onRead({ ...read, weight: text })}
          mono
        />
      </Field>
      <Field
        label={t('weigh.sides')}
        hint={box === undefined ? t('weigh.sides_hint') : `${box} cm`}
        error={read.sides !== '' && sides === undefined ? t('weigh.sides_wrong') : undefined}
      >
        <Input value={read.sides} onText={(text) => onRead({ ...read, sides: text })} mono />
      </Field>
    </fieldset>
  );
}
