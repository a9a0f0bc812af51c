import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Money } from '../kit/values.tsx';
import { CountryField } from '../office/country-field.tsx';
import { ChargeName } from '../parcels/charge-name.tsx';
import { Margin } from './margin.tsx';
import { LINE_WORDS } from './words.ts';

type Line = components['schemas']['OperatorServiceLine'];
type Preview = components['schemas']['LinePreview'];
type Tried = NonNullable<Preview['parcel']>;
type Example = Preview['examples'][number];

/** What a draft would cost from its day on, beside what is charged today, and for one parcel; nothing is stored. */
export function LinePreview({
  line,
  from,
}: {
  /** Undefined while the document is no JSON. */
  readonly line: Line | undefined;
  /** As an instant; undefined: at once. */
  readonly from: string | undefined;
}) {
  const t = useWords(LINE_WORDS);
  const [tried, setTried] = useState(() => ({
    from: firstOf(line?.origins),
    fromPostcode: '',
    to: firstOf(line?.destinations),
    toPostcode: '',
    grams: '1000',
  }));
  const set = (part: Partial<typeof tried>) => setTried({ ...tried, ...part });
  const act = useAct((draft: Line) =>
    api.post('/v1/lines/preview', {
      body: {
        line: draft,
        ...(from === undefined ? {} : { from }),
        ...(tried.from === '' || tried.to === '' ? {} : { parcel: parcelOf(tried) }),
      },
    }),
  );
  return (
    <Card title={t('preview.title')}>
      <p className="mb-3 text-sm text-soft">{t('preview.hint')}</p>
      <form
        className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 xl:grid-cols-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (line !== undefined) act.mutate(line);
        }}
      >
        <CountryField label={t('lines.origin')} value={tried.from} onCountry={(from) => set({ from })} />
        <Field label={t('preview.postcode')}>
          <Input maxLength={16} value={tried.fromPostcode} onText={(fromPostcode) => set({ fromPostcode })} />
        </Field>
        <CountryField label={t('lines.destination')} value={tried.to} onCountry={(to) => set({ to })} />
        <Field label={t('preview.postcode_to')}>
          <Input maxLength={16} value={tried.toPostcode} onText={(toPostcode) => set({ toPostcode })} />
        </Field>
        <Field label={t('preview.grams')}>
          <Input
            type="number"
            required
            min={1}
            max={1_000_000}
            step={1}
            value={tried.grams}
            onText={(grams) => set({ grams })}
          />
        </Field>
        <Button type="submit" busy={act.isPending} disabled={line === undefined}>
          {t('preview.do')}
        </Button>
      </form>
      {act.error && (
        <div className="mt-4">
          <Failure error={act.error} />
        </div>
      )}
      {act.data && (
        <div className="mt-4 grid gap-4" aria-live="polite">
          {act.data.parcel && <TriedParcel of={act.data.parcel} />}
          <Compared preview={act.data} />
        </div>
      )}
    </Card>
  );
}

/** A country that the line names, to begin with; nothing where it is open to all. */
function firstOf(areas: Line['origins'] | undefined): string {
  return areas?.map(({ country }) => country).find((country) => country !== '*') ?? '';
}

function parcelOf(tried: Readonly<Record<'from' | 'fromPostcode' | 'to' | 'toPostcode' | 'grams', string>>) {
  const place = (country: string, postcode: string) => ({
    country,
    ...(postcode.trim() === '' ? {} : { postcode: postcode.trim() }),
  });
  return {
    from: place(tried.from, tried.fromPostcode),
    to: place(tried.to, tried.toPostcode),
    weight_grams: Number(tried.grams),
  };
}

/** The one parcel: its price line by line and what is left of it, or every reason against it. */
function TriedParcel({ of }: { readonly of: Tried }) {
  const t = useWords(LINE_WORDS);
  if (of.price === undefined)
    return (
      <div>
        <Status tone="bad">{t('preview.refused')}</Status>
        <ul className="mt-2 list-disc pl-5 text-sm">
          {of.reasons.map((reason) => (
            <li key={reason.code}>{reason.message}</li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      <Facts
        of={[
          [t('price.zone'), of.price.zone],
          [t('price'), <Money key="total" of={of.price.total} strong />],
          [t('price.buying'), of.buying && <Money key="buying" of={of.buying} />],
          [t('margin'), of.margin && <Money key="margin" of={of.margin} />],
          [
            t('line.promise'),
            of.promise && t('line.days', { shortest: of.promise.min_days, longest: of.promise.max_days }),
          ],
        ]}
      />
      <Table
        label={t('preview.charges')}
        rows={of.price.charges.map((charge, index) => ({ ...charge, index }))}
        rowId={(charge) => String(charge.index)}
        columns={[
          {
            id: 'charge',
            label: t('preview.charges'),
            isName: true,
            cell: (charge) => <ChargeName of={charge} />,
          },
          {
            id: 'amount',
            label: t('price'),
            align: 'end',
            cell: (charge) => <Money of={charge.amount} />,
          },
        ]}
      />
    </>
  );
}

/** By zone and weight: what is charged on that day without the draft, and with it. */
function Compared({ preview }: { readonly preview: Preview }) {
  const t = useWords(LINE_WORDS);
  const { weight } = useFormats();
  const idOf = (one: Example) => `${one.zone} ${one.weight_grams}`;
  const before = new Map(preview.before.map((one) => [idOf(one), one.selling]));
  return (
    <Table
      label={t('preview.compared')}
      rows={preview.examples}
      rowId={idOf}
      columns={[
        {
          id: 'zone',
          label: t('price.zone'),
          isName: true,
          cell: (one) => `${one.zone} · ${weight(one.weight_grams)}`,
        },
        {
          id: 'before',
          label: t('preview.before'),
          align: 'end',
          cell: (one) => <MaybeMoney of={before.get(idOf(one))} />,
        },
        {
          id: 'after',
          label: t('preview.after'),
          align: 'end',
          cell: (one) => (
            <Money
              of={one.selling}
              strong={before.get(idOf(one))?.amount_minor !== one.selling.amount_minor}
            />
          ),
        },
        {
          id: 'buying',
          label: t('price.buying'),
          align: 'end',
          cell: (one) => <MaybeMoney of={one.buying} />,
        },
        { id: 'margin', label: t('margin'), align: 'end', cell: (one) => <Margin of={one.margin} /> },
      ]}
    />
  );
}

function MaybeMoney({ of }: { readonly of: Example['buying'] }) {
  return of === undefined ? <>–</> : <Money of={of} />;
}
