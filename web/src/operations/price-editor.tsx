import type { components } from '@postroad/sdk';
import { useWords } from '../ground/words.ts';
import { Field, Input } from '../kit/field.tsx';
import { figuresOf, withFigure } from './figures.ts';
import type { PriceTable } from './price-table.tsx';
import { LINE_WORDS } from './words.ts';

type Line = components['schemas']['OperatorServiceLine'];
const SIDES = ['selling', 'buying'] as const;

/** Every figure of the rates, by table and zone; what else a line has is edited as a document. */
export function PriceEditor({
  line,
  errors,
  onChange,
}: {
  readonly line: Line;
  /** By JSON pointer of the request's body. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (line: Line) => void;
}) {
  const t = useWords(LINE_WORDS);
  const nameOf = useFigureName();
  const tables = SIDES.flatMap((side) =>
    (Array.isArray(line[side]) ? line[side] : []).map((table, index) => ({ side, table, index })),
  );
  return (
    <div className="grid gap-6">
      {tables.map(({ side, table, index }) => (
        <section key={`${side} ${table.code}`}>
          <h2 className="mb-2 font-semibold">
            {t(`price.${side}`)} · <span className="number">{table.code}</span> · {table.currency}
          </h2>
          <p className="mb-3 text-xs text-soft">{t('edit.figures_hint')}</p>
          <div className="grid gap-3">
            {ratesOf(table).map((rate, at) => {
              const pointer = `/${side}/${index}/sheet/rates/${at}`;
              return (
                <fieldset key={pointer} className="rounded-md border border-line p-3">
                  <legend className="number px-1 text-sm">{t('edit.zone', { zone: rate.zone })}</legend>
                  <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-4 xl:grid-cols-6">
                    {figuresOf(rate, pointer).map((figure) => (
                      <Field
                        key={figure.pointer}
                        label={nameOf(figure.pointer.slice(pointer.length))}
                        error={errors[`/line${figure.pointer}`]}
                      >
                        <Input
                          type="number"
                          min={0}
                          step={1}
                          required
                          value={figure.value}
                          onText={(text) => {
                            const value = Number(text);
                            if (Number.isFinite(value)) onChange(withFigure(line, figure.pointer, value));
                          }}
                        />
                      </Field>
                    ))}
                  </div>
                </fieldset>
              );
            })}
          </div>
        </section>
      ))}
    </div>
  );
}

/** A draft is whatever somebody is typing. */
function ratesOf(table: PriceTable): PriceTable['sheet']['rates'] {
  return Array.isArray(table.sheet?.rates) ? table.sheet.rates : [];
}

const NAMES = [
  'first_grams',
  'first_minor',
  'step_grams',
  'step_minor',
  'registration_minor',
  'micros_per_gram',
  'up_to_grams',
  'amount_minor',
] as const;

/** A figure of a rate in words, with the place of its band: `/bands/0/up_to_grams` is `Band 1: up to, grams`. */
function useFigureName(): (pointer: string) => string {
  const t = useWords(LINE_WORDS);
  return (pointer) => {
    const parts = pointer.split('/').slice(1);
    const last = parts.at(-1) ?? '';
    const known = NAMES.find((name) => name === last);
    const figure = known === undefined ? last.replaceAll('_', ' ') : t(`figure.${known}`);
    return parts[0] === 'bands' ? t('edit.band', { band: Number(parts[1]) + 1, figure }) : figure;
  };
}
