import { useSyncExternalStore } from 'react';
import { Shape, type Tone } from './status.tsx';

type Toast = { readonly id: number; readonly tone: Tone; readonly text: string };

const SHOWN_MS = 6_000;
let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

/** A short word about what has just happened; gone by itself. What must be acted on belongs on the page instead. */
export function toast(tone: Tone, text: string): void {
  last += 1;
  const id = last;
  change([...toasts.slice(-3), { id, tone, text }]);
  setTimeout(() => change(toasts.filter((one) => one.id !== id)), SHOWN_MS);
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      aria-live="polite"
      className="screen-only pointer-events-none fixed inset-x-3 bottom-3 z-60 grid justify-items-center gap-2 sm:justify-items-end"
    >
      {shown.map((one) => (
        <div
          key={one.id}
          className="flex max-w-md items-center gap-2.5 rounded-md border border-line bg-card px-3.5 py-2.5 shadow-float"
        >
          <Shape tone={one.tone} size={12} />
          <span>{one.text}</span>
        </div>
      ))}
    </div>
  );
}
