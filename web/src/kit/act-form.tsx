import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Failure } from './states.tsx';

type Act = {
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly mutate: (input: undefined) => void;
};

/** A form that does one thing: its fields, what the server refused as a whole, and the button that does it. */
export function ActForm({
  act,
  submit,
  look = 'primary',
  disabled,
  children,
}: {
  /** What `useAct` gives for an act without input. */
  readonly act: Act;
  /** What the button says. */
  readonly submit: string;
  readonly look?: 'primary' | 'danger';
  /** Something is still to be said first. */
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined);
      }}
    >
      {children}
      {act.error && <Failure error={act.error} />}
      <span className="grid sm:justify-start">
        <Button type="submit" look={look} busy={act.isPending} disabled={disabled}>
          {submit}
        </Button>
      </span>
    </form>
  );
}
