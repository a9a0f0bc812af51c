import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useOpenRecord } from '../field/queue.ts';
import type { FieldRecord } from '../field/record.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { cx } from '../kit/class-names.ts';
import { RefusalSaid } from '../kit/states.tsx';
import { Notice, Status, type Tone } from '../kit/status.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { CONFLICT, UNMATCHED } from './dispatch.ts';
import { isOverdue, type Lying } from './shelf.ts';
import type { Conflict, ShelfParcel } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const TONES: Readonly<Record<ShelfParcel['state'], Tone>> = {
  announced: 'idle',
  stored: 'move',
  handed_out: 'ok',
  exception: 'bad',
  returning: 'warn',
  returned: 'idle',
  cancelled: 'idle',
};

export function ShelfState({ of }: { readonly of: Lying }) {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const open = useOpenRecord(of.id);
  if (open?.state === 'refused') return <Status tone="bad">{f('records.state.refused')}</Status>;
  if (of.isAhead) return <Status tone="warn">{f('records.state.waiting')}</Status>;
  if (isOverdue(of, Date.now())) return <Status tone="warn">{t('state.overdue')}</Status>;
  return <Status tone={TONES[of.state]}>{t(`state.${of.state}`)}</Status>;
}

/** One parcel in a list: where it lies, whose it is, and what is to be known of it. */
export function ParcelLine({
  of,
  to,
  children,
}: {
  readonly of: Lying;
  readonly to: string;
  readonly children?: ReactNode;
}) {
  return (
    <Link
      href={to}
      className="flex min-h-16 items-center gap-x-3 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
    >
      {of.place !== undefined && <span className="number min-w-14 text-2xl font-semibold">{of.place}</span>}
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center justify-between gap-x-2">
          <span className="text-lg font-medium wrap-anywhere">{of.recipient_name ?? of.number}</span>
          <ShelfState of={of} />
        </span>
        <span className="flex flex-wrap gap-x-3 text-soft">
          {of.recipient_name !== undefined && <span className="number wrap-anywhere">{of.number}</span>}
          {of.fee_due && <Money of={of.fee_due} strong />}
          {of.state === 'stored' && of.cash_on_delivery && <Money of={of.cash_on_delivery} strong />}
          {children}
        </span>
      </span>
    </Link>
  );
}

/** A list under a heading; nothing when it is empty. */
export function Lines({
  title,
  children,
}: {
  readonly title: string;
  readonly children: readonly ReactNode[];
}) {
  if (children.length === 0) return null;
  return (
    <section className="mb-5">
      <h2 className="mb-2 text-lg font-semibold">{title}</h2>
      <ul className="grid gap-2">{children}</ul>
    </section>
  );
}

/** A number that one presses to see what it counts. */
export function Tile({
  to,
  label,
  count,
  tone = 'idle',
}: {
  readonly to: string;
  readonly label: string;
  readonly count: number | string;
  readonly tone?: 'idle' | 'warn' | 'bad';
}) {
  return (
    <Link
      href={to}
      className={cx(
        'grid min-h-24 content-between rounded-lg border bg-card p-3 text-ink no-underline hover:border-edge',
        tone === 'bad' ? 'border-bad' : tone === 'warn' ? 'border-warn' : 'border-line',
      )}
    >
      <span
        className={cx(
          'number text-[2rem] leading-none font-semibold',
          tone === 'bad' && 'text-bad',
          tone === 'warn' && 'text-warn',
        )}
      >
        {count}
      </span>
      <span className="leading-tight">{label}</span>
    </Link>
  );
}

/** A code that is read across a counter. */
export function BigCode({ label, code }: { readonly label: string; readonly code: string }) {
  return (
    <div
      role="status"
      className="mb-4 grid justify-items-center gap-1 rounded-lg bg-ok-soft px-3 py-5 text-center"
    >
      <span className="text-ok">{label}</span>
      <span className="number text-[clamp(2.5rem,14vw,4.5rem)] leading-none font-bold wrap-anywhere">
        {code}
      </span>
    </div>
  );
}

/** A conflict among the records: what it means and where it is looked into; undefined for any other refusal. */
export function useConflictWords(): (record: Pick<FieldRecord, 'code' | 'detail'>) => ReactNode {
  const t = useWords(POINT_WORDS);
  return ({ code = '', detail }) =>
    code === UNMATCHED ? (
      <>
        <p>{t('unread.unmatched', { code: detail ?? '' })}</p>
        <p className="mt-1">
          <Link href="/point/returns">{t('returns.back')}</Link>
        </p>
      </>
    ) : code.startsWith(CONFLICT) ? (
      <>
        <p>{t(`conflict.${code.slice(CONFLICT.length) as Conflict}`)}</p>
        <RefusalCode of={detail} />
        <p className="mt-1">
          <Link href="/point/conflicts">{t('conflicts.look')}</Link>
        </p>
      </>
    ) : undefined;
}

/** The rule that stood against it, where it was a rule. */
export function RefusalCode({ of }: { readonly of: string | undefined }) {
  const f = useWords(FIELD_WORDS);
  if (of === undefined || of === '') return null;
  return (
    <p className="mt-1 text-sm">
      <a href={`/docs/errors#${of}`}>{f('records.why', { code: of })}</a>
    </p>
  );
}

/** What became of the last record about a thing, as long as somebody has to know. */
export function OpenRecord({ about }: { readonly about: string }) {
  const f = useWords(FIELD_WORDS);
  const wordsOf = useConflictWords();
  const open = useOpenRecord(about);
  if (open === undefined) return null;
  const isWaiting = open.state === 'waiting';
  return (
    <div className="mb-3">
      <Notice tone={isWaiting ? 'warn' : 'bad'}>
        {isWaiting ? f('record.kept') : (wordsOf(open) ?? <RefusalText of={open} />)}
      </Notice>
    </div>
  );
}

export function RefusalText({ of }: { readonly of: Pick<FieldRecord, 'code' | 'detail'> }) {
  const f = useWords(FIELD_WORDS);
  return (
    <>
      <p className="font-semibold">{f('record.refused')}</p>
      <p>
        <RefusalSaid code={of.code} detail={of.detail} />
      </p>
    </>
  );
}

/** Until when; late ones say so. */
export function Due({ at, late }: { readonly at: string; readonly late: boolean }) {
  const t = useWords(POINT_WORDS);
  return (
    <span className={cx(late && 'font-semibold text-bad')}>
      {t(late ? 'due.late' : 'due.until')} <Moment at={at} />
    </span>
  );
}
