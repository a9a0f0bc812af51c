import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { Shape, TONE_INKS, type Tone } from './status.tsx';

export type TimelineStep = {
  readonly id: string;
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly when: ReactNode;
  readonly detail?: ReactNode;
  /** Not yet: what is still to come. */
  readonly isAhead?: boolean;
};

/** Milestones along the road, newest first. */
export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }) {
  return (
    <ol className="relative">
      {steps.map((step, index) => (
        <li key={step.id} className="relative grid grid-cols-[1.5rem_1fr] gap-x-3 pb-4">
          {index < steps.length - 1 && (
            <span
              aria-hidden="true"
              className={cx(
                'absolute top-4 bottom-0 left-[0.6875rem] border-l-2',
                step.isAhead ? 'border-dashed border-line' : 'border-line',
              )}
            />
          )}
          <span className={cx('mt-1 grid justify-items-center', TONE_INKS[step.tone])}>
            <Shape tone={step.tone} size={14} />
          </span>
          <div className={cx('min-w-0', step.isAhead && 'text-soft')}>
            <p className={index === 0 ? 'font-semibold' : 'font-medium'}>{step.title}</p>
            <p className="text-sm text-soft">{step.when}</p>
            {step.detail && <div className="text-sm text-soft">{step.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
