import { Link } from 'wouter';
import { KeptNotice } from '../field/notices.tsx';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Weight } from '../kit/values.tsx';
import { useHere } from './here.tsx';
import { LeaseLine } from './lease-card.tsx';
import { Due, Lines, ParcelLine, Tile } from './parts.tsx';
import { type Shelf, useConflicts, useMailings, useReturns, useShelf } from './reads.ts';
import { isLate, isOverdue } from './shelf.ts';
import type { TakenReturn } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const SHOWN = 12;

/** The day at the counter: what comes, what waits, what is late, and what goes on to the courier. */
export function Today() {
  const t = useWords(POINT_WORDS);
  const { point, others, leave } = useHere();
  const shelf = useShelf();
  return (
    <Page
      title={point.name}
      lead={
        <>
          {[point.city, ...point.address_lines].join(', ')}
          {others > 0 && (
            <>
              {' \u00b7 '}
              <button type="button" className="min-h-8 cursor-pointer text-accent underline" onClick={leave}>
                {t('here.other')}
              </button>
            </>
          )}
        </>
      }
    >
      {point.state !== 'active' && point.state !== 'trial' && (
        <div className="mb-3">
          <Notice tone="warn">
            {t(`point.${point.state}`)} <Link href="/point/capacity">{t('capacity.title')}</Link>
          </Notice>
        </div>
      )}
      <Read of={shelf} rows={8}>
        {(answer) => <Day shelf={answer} />}
      </Read>
      <More />
    </Page>
  );
}

function Day({ shelf }: { readonly shelf: Shelf }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const returns = useReturns('accepted_at_point').data?.value ?? [];
  const mailings = useMailings('accepted').data?.value ?? [];
  const conflicts = useConflicts(true).data?.value ?? [];
  const now = Date.now();
  const of = (state: string) => shelf.parcels.filter((one) => one.state === state);
  const expected = of('announced');
  const waiting = of('stored');
  const overdue = waiting.filter((one) => isOverdue(one, now));
  const home = of('returning');
  const problems = of('exception');
  const late = returns.filter((one) => isLate(one, now));
  const toHandOn = returns.toSorted((a, b) =>
    (a.handover_due_at ?? '').localeCompare(b.handover_due_at ?? ''),
  );
  return (
    <>
      <KeptNotice of={{ ...shelf, value: undefined }} />
      <div className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-4">
        <Tile to="/point/take-in" label={t('today.expected')} count={expected.length} />
        <Tile to="/point/shelf" label={t('today.waiting')} count={waiting.length} />
        <Tile
          to="/point/overdue"
          label={t('today.overdue')}
          count={overdue.length + home.length}
          tone={overdue.length + home.length > 0 ? 'warn' : 'idle'}
        />
        {point.services.includes('return') && (
          <Tile
            to="/point/returns"
            label={t('today.returns')}
            count={returns.length}
            tone={late.length > 0 ? 'bad' : 'idle'}
          />
        )}
        {point.services.includes('mail') && (
          <Tile
            to="/point/mailings"
            label={t('today.mailings')}
            count={mailings.length}
            tone={mailings.some((one) => isLate(one, now)) ? 'bad' : 'idle'}
          />
        )}
        {problems.length > 0 && (
          <Tile
            to="/point/shelf?show=exception"
            label={t('today.problems')}
            count={problems.length}
            tone="bad"
          />
        )}
        {conflicts.length > 0 && (
          <Tile to="/point/conflicts" label={t('today.conflicts')} count={conflicts.length} tone="bad" />
        )}
      </div>
      <LeaseLine />
      <Lines title={t('today.hand_on')}>
        {toHandOn.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <ReturnLine of={one} />
          </li>
        ))}
      </Lines>
      <Lines title={t('today.expected')}>
        {expected.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <ParcelLine of={one} to={`/point/take-in?number=${encodeURIComponent(one.number)}`} />
          </li>
        ))}
      </Lines>
      {shelf.parcels.length === 0 && returns.length === 0 && (
        <Empty title={t('today.none')} hint={t('today.none_hint')} />
      )}
    </>
  );
}

function ReturnLine({ of }: { readonly of: TakenReturn }) {
  return (
    <Link
      href={`/point/returns#${of.id}`}
      className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 rounded-lg border border-line bg-card px-3 py-2 text-ink no-underline hover:border-edge"
    >
      <span className="number text-lg font-medium wrap-anywhere">{of.number ?? of.id}</span>
      <span className="flex flex-wrap gap-x-3 text-soft">
        {of.weight_grams !== undefined && <Weight grams={of.weight_grams} />}
        {of.handover_due_at !== undefined && <Due at={of.handover_due_at} late={isLate(of, Date.now())} />}
      </span>
    </Link>
  );
}

/** What is needed now and then. */
function More() {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  return (
    <nav aria-label={t('today.more')} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      <ButtonLink to="/point/shelf" size="large">
        {t('shelf.title')}
      </ButtonLink>
      <ButtonLink to="/point/capacity" size="large">
        {t('capacity.title')}
      </ButtonLink>
      {may('readPointEarnings') && (
        <ButtonLink to="/point/earnings" size="large">
          {t('earnings.title')}
        </ButtonLink>
      )}
      <ButtonLink to="/point/conflicts" size="large">
        {t('conflicts.title')}
      </ButtonLink>
    </nav>
  );
}
