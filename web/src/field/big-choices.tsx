import { useId } from 'react';
import { cx } from '../kit/class-names.ts';

/** One of a few, each a target for a thumb in a glove. */
export function BigChoices<Value extends string>({
  legend,
  value,
  choices,
  onChoice,
  columns = 1,
  hideLegend,
}: {
  readonly legend: string;
  readonly value: Value | undefined;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoice: (value: Value) => void;
  readonly columns?: 1 | 2 | 3;
  readonly hideLegend?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={hideLegend ? 'sr-only' : 'mb-1.5 font-medium'}>{legend}</legend>
      <div
        className={cx(
          'grid gap-2',
          columns === 2 && 'grid-cols-2',
          columns === 3 && 'grid-cols-3 max-[22rem]:grid-cols-1',
        )}
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={cx(
              'flex min-h-14 cursor-pointer items-center gap-2.5 rounded-md border-2 border-edge bg-card px-3 text-lg leading-tight has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              columns === 3 && 'justify-center text-center text-base',
            )}
          >
            <input
              type="radio"
              name={name}
              className={cx('size-5 shrink-0 accent-accent', columns === 3 && 'sr-only')}
              checked={choice.value === value}
              onChange={() => onChoice(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
