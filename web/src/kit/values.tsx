import type { ReactNode } from 'react';
import { type Money as Amount, useFormats } from '../ground/format.ts';

/** Money as the reader writes it; a debit carries its minus. */
export function Money({ of, strong }: { readonly of: Amount; readonly strong?: boolean }) {
  const { money } = useFormats();
  return (
    <span className={strong ? 'font-semibold whitespace-nowrap' : 'whitespace-nowrap'}>{money(of)}</span>
  );
}

export function Weight({ grams }: { readonly grams: number }) {
  return <span className="whitespace-nowrap">{useFormats().weight(grams)}</span>;
}

/** Length x width x height in the centimetres of the trade. */
export function Size({
  of,
}: {
  readonly of: { readonly length_mm: number; readonly width_mm: number; readonly height_mm: number };
}) {
  const { number } = useFormats();
  return (
    <span className="whitespace-nowrap">
      {[of.length_mm, of.width_mm, of.height_mm].map((side) => number(side / 10)).join(' × ')} cm
    </span>
  );
}

/** A moment; the whole of it with its zone in the title, or in full with `whole`. */
export function Moment({
  at,
  zone,
  whole,
}: {
  readonly at: string;
  readonly zone?: string;
  readonly whole?: boolean;
}) {
  const { instant, moment } = useFormats();
  const full = instant(at, zone);
  return (
    <time dateTime={at} title={full} className={whole ? undefined : 'whitespace-nowrap'}>
      {whole ? full : moment(at)}
    </time>
  );
}

export function Day({ of }: { readonly of: string }) {
  return (
    <time dateTime={of.slice(0, 10)} className="whitespace-nowrap">
      {useFormats().day(of)}
    </time>
  );
}

/** Names and their values, in columns: the head of every detail screen. */
export function Facts({ of }: { readonly of: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] sm:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-3">
      {of.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="caption">{label}</dt>
          <dd className="min-h-5 wrap-anywhere">{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
