import { Link } from 'wouter';
import { KeptNotice } from '../field/notices.tsx';
import { useQueue } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { openFile } from '../ground/files.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Weight } from '../kit/values.tsx';
import { CodeDesk } from './code-desk.tsx';
import { useHere } from './here.tsx';
import { Due, Lines, OpenRecord } from './parts.tsx';
import { useReturns } from './reads.ts';
import { isLate } from './shelf.ts';
import type { TakenReturn } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** Goods that buyers bring back: read their code, take them in, hand them on to the courier within a day. */
export function Returns() {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  if (!point.services.includes('return'))
    return (
      <Page title={t('returns.title')}>
        <Empty title={t('returns.not_here')} hint={t('returns.not_here_hint')} />
      </Page>
    );
  return (
    <Page
      title={t('returns.title')}
      lead={t('returns.lead')}
      actions={
        <ButtonLink to="/point/returns/hand-over" size="large" look="primary">
          {t('returns.hand_over')}
        </ButtonLink>
      }
    >
      <Desk />
    </Page>
  );
}

function Desk() {
  const t = useWords(POINT_WORDS);
  const here = useReturns('accepted_at_point');
  return (
    <>
      <CodeDesk use="return" />
      <Read of={here} rows={6}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            {answer.value.length === 0 && <Empty title={t('returns.none')} hint={t('returns.none_hint')} />}
            <Lines title={t('returns.here')}>
              {answer.value.map((one) => (
                <li key={one.id} id={one.id}>
                  <Taken of={one} />
                </li>
              ))}
            </Lines>
          </>
        )}
      </Read>
    </>
  );
}

function Taken({ of }: { readonly of: TakenReturn }) {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const isAhead = useQueue().records.some((one) => one.about === of.id && one.state === 'waiting');
  const print = useAct<undefined, void>(() => printLabel(of.id));
  return (
    <div className="grid gap-2 rounded-lg border border-line bg-card px-3 py-2.5">
      <OpenRecord about={of.id} />
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="number text-lg font-medium wrap-anywhere">{of.number}</span>
        <span className="flex flex-wrap gap-x-3 text-soft">
          {of.weight_grams !== undefined && <Weight grams={of.weight_grams} />}
          {isAhead
            ? f('records.state.waiting')
            : of.handover_due_at !== undefined && (
                <Due at={of.handover_due_at} late={isLate(of, Date.now())} />
              )}
        </span>
      </div>
      <Button size="large" busy={print.isPending} onClick={() => print.mutate(undefined)}>
        {t('returns.label')}
      </Button>
      {print.error && <Failure error={print.error} />}
    </div>
  );
}

/** Opens the label as PDF in a window of the browser, which prints it. */
const printLabel = (returnId: string): Promise<void> =>
  openFile(() =>
    api.post('/v1/returns/{return_id}/label', {
      params: { path: { return_id: returnId } },
      parseAs: 'blob',
    }),
  );

export function BackToReturns() {
  const t = useWords(POINT_WORDS);
  return (
    <p className="mb-3">
      <Link href="/point/returns" className="inline-flex min-h-11 items-center text-accent underline">
        {t('returns.back')}
      </Link>
    </p>
  );
}
