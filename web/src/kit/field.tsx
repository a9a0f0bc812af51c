import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useContext,
  useId,
} from 'react';
import { cx } from './class-names.ts';

type FieldIds = { readonly id: string; readonly described: string | undefined; readonly invalid: boolean };
const FieldContext = createContext<FieldIds | undefined>(undefined);

export type FieldProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value, in words; the server's sentence or our own. */
  readonly error?: string | undefined;
  readonly children: ReactNode;
};

/** A label with its control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <FieldContext value={{ id, described, invalid: error !== undefined }}>{children}</FieldContext>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          <span aria-hidden="true">▲ </span>
          {error}
        </p>
      )}
    </div>
  );
}

/** What a control of a Field gets; nothing outside of one (then it needs `aria-label`). */
export function useFieldProps() {
  const field = useContext(FieldContext);
  return field === undefined
    ? {}
    : { id: field.id, 'aria-describedby': field.described, 'aria-invalid': field.invalid || undefined };
}

export const CONTROL =
  'w-full min-w-0 rounded-md border border-edge bg-card px-2.5 text-base text-ink min-h-9 pointer-coarse:min-h-11 placeholder:text-soft aria-invalid:border-bad disabled:opacity-55';

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange'> & {
  readonly onText?: (text: string) => void;
  readonly mono?: boolean;
};

export function Input({ onText, mono, ...rest }: InputProps) {
  return (
    <input
      autoComplete="off"
      {...useFieldProps()}
      {...rest}
      onChange={(event) => onText?.(event.target.value)}
      className={cx(CONTROL, mono && 'font-mono')}
    />
  );
}

type TextareaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange'> & {
  readonly onText?: (text: string) => void;
  readonly mono?: boolean;
};

export function Textarea({ onText, mono, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      {...useFieldProps()}
      {...rest}
      rows={rows}
      onChange={(event) => onText?.(event.target.value)}
      className={cx(CONTROL, 'py-2 resize-y', mono && 'font-mono text-sm')}
    />
  );
}

export type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type SelectProps<Value extends string> = Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'className' | 'onChange' | 'value'
> & {
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoice: (value: Value) => void;
};

/** The platform's own select: it works with gloves, screen readers and every keyboard. */
export function Select<Value extends string>({ value, choices, onChoice, ...rest }: SelectProps<Value>) {
  return (
    <select
      {...useFieldProps()}
      {...rest}
      value={value}
      onChange={(event) => onChoice(event.target.value as Value)}
      className={CONTROL}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

export function Checkbox({
  label,
  checked,
  onCheck,
  hideLabel,
  disabled,
}: {
  readonly label: string;
  readonly checked: boolean | 'mixed';
  readonly onCheck: (checked: boolean) => void;
  /** `on-wide`: only where a table has columns. */
  readonly hideLabel?: boolean | 'on-wide';
  readonly disabled?: boolean;
}) {
  return (
    <label className="inline-flex min-h-6 min-w-6 cursor-pointer items-center gap-2 text-base pointer-coarse:min-h-11">
      <input
        type="checkbox"
        className="size-4 accent-accent pointer-coarse:size-5"
        checked={checked === true}
        disabled={disabled}
        ref={(input) => {
          if (input !== null) input.indeterminate = checked === 'mixed';
        }}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <span className={hideLabel === 'on-wide' ? 'sm:sr-only' : hideLabel ? 'sr-only' : undefined}>
        {label}
      </span>
    </label>
  );
}

/** One of a few, all to be seen at once. */
export function Choices<Value extends string>({
  legend,
  value,
  choices,
  onChoice,
}: {
  readonly legend: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoice: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="inline-flex min-h-9 cursor-pointer items-center gap-2 rounded-md border border-edge bg-card px-3 text-base has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={name}
              className="accent-accent"
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
