import type { components } from '@postroad/sdk';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Badge } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Day } from '../kit/values.tsx';
import { LINE_WORDS } from './words.ts';

export type PriceTable = components['schemas']['PriceTable'];
type Sheet = PriceTable['sheet'];
type Surcharge = PriceTable['surcharges'][number];
type Row = { readonly id: string; readonly zone: string; readonly weight: string; readonly price: string };

/** What a table charges by zone and weight, and what comes on top. */
export function PriceTableCard({ title, table }: { readonly title: string; readonly table: PriceTable }) {
  const t = useWords(LINE_WORDS);
  const rows = useRows(table);
  const columns: readonly Column<Row>[] = [
    { id: 'zone', label: t('price.zone'), isName: true, cell: (row) => row.zone },
    { id: 'weight', label: t('price.weight'), cell: (row) => row.weight },
    { id: 'price', label: t('price'), align: 'end', cell: (row) => row.price },
  ];
  return (
    <Card title={`${title} · ${table.code}`}>
      <p className="mb-3 flex flex-wrap gap-x-3 text-sm text-soft">
        <Badge>{table.currency}</Badge>
        <span>{t(`sheet.${table.sheet.kind}`)}</span>
        <span>
          <Day of={table.valid_from} /> –{' '}
          {table.valid_to === undefined ? t('line.open') : <Day of={table.valid_to} />}
        </span>
      </p>
      <Table label={`${title} ${table.code}`} rows={rows} rowId={(row) => row.id} columns={columns} />
      {table.surcharges.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
          {table.surcharges.map((surcharge, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table may have two of a type
            <li key={index}>
              <SurchargeName of={surcharge} currency={table.currency} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function useRows({ sheet, currency }: PriceTable): readonly Row[] {
  const t = useWords(LINE_WORDS);
  const { weight, money } = useFormats();
  const price = (amount_minor: number) => money({ amount_minor, currency });
  return rowsOf(sheet, {
    firstAndStep: (rate) =>
      t('price.first_and_step', {
        first: weight(rate.first_grams),
        step: weight(rate.step_grams),
      }),
    firstAndStepPrice: (rate) =>
      t('price.then', { first: price(rate.first_minor), step: price(rate.step_minor) }),
    perGram: (from) => t('price.from_weight', { weight: weight(from) }),
    // Millionths of the small change for a gram are thousandths of it for a kilogram.
    perGramPrice: (rate) =>
      t('price.per_kilogram', {
        registration: price(rate.registration_minor),
        kilogram: price(Math.round(rate.micros_per_gram / 1_000)),
      }),
    band: (grams) => t('price.up_to', { weight: weight(grams) }),
    price,
  });
}

type Say = {
  readonly firstAndStep: (rate: Rate<'first_and_step'>) => string;
  readonly firstAndStepPrice: (rate: Rate<'first_and_step'>) => string;
  readonly perGram: (minimumGrams: number) => string;
  readonly perGramPrice: (rate: Rate<'per_gram'>) => string;
  readonly band: (grams: number) => string;
  readonly price: (minor: number) => string;
};
type Rate<Kind extends Sheet['kind']> = Extract<Sheet, { kind: Kind }>['rates'][number];

function rowsOf(sheet: Sheet, say: Say): readonly Row[] {
  switch (sheet.kind) {
    case 'first_and_step':
      return sheet.rates.map((rate) => ({
        id: rate.zone,
        zone: rate.zone,
        weight: say.firstAndStep(rate),
        price: say.firstAndStepPrice(rate),
      }));
    case 'per_gram':
      return sheet.rates.map((rate) => ({
        id: rate.zone,
        zone: rate.zone,
        weight: say.perGram(sheet.minimum_grams),
        price: say.perGramPrice(rate),
      }));
    case 'bands':
      return sheet.rates.flatMap((rate) =>
        rate.bands.map((band) => ({
          id: `${rate.zone} ${band.up_to_grams}`,
          zone: rate.zone,
          weight: say.band(band.up_to_grams),
          price: say.price(band.amount_minor),
        })),
      );
  }
}

function SurchargeName({ of, currency }: { readonly of: Surcharge; readonly currency: string }) {
  const t = useWords(LINE_WORDS);
  const { money, percent } = useFormats();
  const amount =
    'rate_bp' in of
      ? percent(of.rate_bp / 10_000)
      : money({
          amount_minor: 'amount_minor' in of ? of.amount_minor : of.amount_minor_per_day,
          currency,
        });
  return (
    <>
      {t(`surcharge.${of.type}`)}: {amount}
    </>
  );
}
