import { Shape, type Tone } from '../kit/status.tsx';

const INKS: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  move: 'text-move',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
};

/** What a state is like, by shape and colour. */
export function ToneMark({ tone, size = 14 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <span className={INKS[tone]}>
      <Shape tone={tone} size={size} />
    </span>
  );
}
