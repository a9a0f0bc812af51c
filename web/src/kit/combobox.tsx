import { useId, useState } from 'react';
import { cx } from './class-names.ts';
import { type Choice, CONTROL, useFieldProps } from './field.tsx';

export type ComboboxProps = {
  readonly value: string;
  readonly choices: readonly Choice<string>[];
  readonly onChoice: (value: string) => void;
  /** Asked as somebody types; for choices that the server searches. The given ones are filtered here without it. */
  readonly onSearch?: (text: string) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
};

/** Type to find, arrows to choose, Enter to take, Escape to leave (ARIA authoring practices, editable combobox). */
export function Combobox({ value, choices, onChoice, onSearch, placeholder, disabled }: ComboboxProps) {
  const list = useId();
  const chosen = choices.find((choice) => choice.value === value);
  const [typed, setTyped] = useState<string | undefined>();
  const [active, setActive] = useState(0);
  const open = typed !== undefined;
  const shown = open && onSearch === undefined ? choicesFor(choices, typed) : choices.slice(0, SHOWN);
  const leave = () => setTyped(undefined);
  const take = (choice: Choice<string> | undefined) => {
    if (choice !== undefined) onChoice(choice.value);
    leave();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (open) setActive((at) => (at + step + shown.length) % Math.max(1, shown.length));
      else setTyped('');
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      leave();
    }
  };
  return (
    <div className="relative">
      <input
        {...useFieldProps()}
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && shown.length > 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        disabled={disabled}
        placeholder={placeholder}
        value={typed ?? chosen?.label ?? value}
        onFocus={(event) => event.target.select()}
        onBlur={leave}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
          onSearch?.(event.target.value);
        }}
        onClick={() => open || setTyped('')}
        onKeyDown={onKeyDown}
        className={CONTROL}
      />
      <div
        id={list}
        role="listbox"
        aria-label={placeholder ?? value}
        hidden={!open || shown.length === 0}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-auto rounded-md border border-line bg-card py-1 shadow-float"
      >
        {shown.map((choice, index) => (
          <div
            key={choice.value}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={cx('cursor-pointer px-2.5 py-1.5', index === active && 'bg-accent-soft')}
            onPointerDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              take(choice);
            }}
          >
            {choice.label}
          </div>
        ))}
      </div>
    </div>
  );
}

const SHOWN = 60;

/** Choices that begin with the text first, then those that contain it; case and accents do not count. */
export function choicesFor(choices: readonly Choice<string>[], text: string): readonly Choice<string>[] {
  const wanted = plain(text);
  if (wanted === '') return choices.slice(0, SHOWN);
  const first: Choice<string>[] = [];
  const second: Choice<string>[] = [];
  for (const choice of choices) {
    const label = plain(choice.label);
    if (label.startsWith(wanted) || plain(choice.value) === wanted) first.push(choice);
    else if (label.includes(wanted)) second.push(choice);
  }
  return [...first, ...second].slice(0, SHOWN);
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
