import { useState } from 'react';
import { Link } from 'wouter';
import { MAIL_WORDS } from '../field/mail-words.ts';
import { KeptNotice } from '../field/notices.tsx';
import { useQueue } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { openFile } from '../ground/files.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment, Money, Weight } from '../kit/values.tsx';
import { CodeDesk } from './code-desk.tsx';
import { useHere } from './here.tsx';
import { Due, Lines, OpenRecord } from './parts.tsx';
import { useMailings } from './reads.ts';
import { isLate } from './shelf.ts';
import type { TakenMailing } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** Parcels that people send: read the code or begin without one, take the parcel in, hand it on to the courier. */
export function Mailings() {
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const may = useMay();
  const { point } = useHere();
  if (!point.services.includes('mail'))
    return (
      <Page title={m('mailing.title')}>
        <Empty title={m('mailing.not_here')} hint={m('mailing.not_here_hint')} />
      </Page>
    );
  return (
    <Page
      title={m('mailing.title')}
      lead={m('mailing.lead')}
      actions={
        <>
          {may('takeWalkInMailing') && (
            <ButtonLink to="/point/mailings/new" size="large">
              {m('mailing.walk_in')}
            </ButtonLink>
          )}
          <ButtonLink to="/point/returns/hand-over" size="large" look="primary">
            {t('returns.hand_over')}
          </ButtonLink>
        </>
      }
    >
      <CodeDesk use="mailing" />
      <Here />
      <Expected />
    </Page>
  );
}

function Here() {
  const m = useWords(MAIL_WORDS);
  return (
    <Read of={useMailings('accepted')} rows={6}>
      {(answer) => (
        <>
          <KeptNotice of={answer} />
          {answer.value.length === 0 && <Empty title={m('mailing.none')} hint={m('mailing.none_hint')} />}
          <Lines title={m('mailing.here')}>
            {answer.value.map((one) => (
              <li key={one.id} id={one.id}>
                <Taken of={one} />
              </li>
            ))}
          </Lines>
        </>
      )}
    </Read>
  );
}

/** Who has chosen this counter; nothing of the people. */
function Expected() {
  const m = useWords(MAIL_WORDS);
  const expected = useMailings('placed').data?.value ?? [];
  return (
    <Lines title={m('mailing.expected')}>
      {expected.map((one) => (
        <li
          key={one.id}
          className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 rounded-lg border border-line bg-card px-3 py-2"
        >
          <span>{m('mailing.expected_at')}</span>
          {one.starts_at !== undefined && <Moment at={one.starts_at} />}
        </li>
      ))}
    </Lines>
  );
}

function Taken({ of }: { readonly of: TakenMailing }) {
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
          {of.receipt !== undefined && <Weight grams={of.receipt.weight_grams} />}
          {of.receipt !== undefined && <Money of={of.receipt.freight} />}
          {isAhead
            ? f('records.state.waiting')
            : of.handover_due_at !== undefined && (
                <Due at={of.handover_due_at} late={isLate(of, Date.now())} />
              )}
        </span>
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        <Button size="large" busy={print.isPending} onClick={() => print.mutate(undefined)}>
          {t('returns.label')}
        </Button>
        <GiveBack id={of.id} />
      </div>
      {print.error && <Failure error={print.error} />}
    </div>
  );
}

/** Opens the label as PDF in a window of the browser, which prints it. */
const printLabel = (mailingId: string): Promise<void> =>
  openFile(() =>
    api.post('/v1/mailings/{mailing_id}/label', {
      params: { path: { mailing_id: mailingId } },
      parseAs: 'blob',
    }),
  );

/** Parcel and money go back to the sender; the server has to say that it may be, so it needs a network. */
function GiveBack({ id }: { readonly id: string }) {
  const m = useWords(MAIL_WORDS);
  const [isAsked, setAsked] = useState(false);
  const undo = useAct<undefined, unknown>(
    () =>
      api.post('/v1/mailings/{mailing_id}/counter-undo', {
        params: { path: { mailing_id: id } },
        body: { reason: 'changed_mind' },
      }),
    { touches: [['mailings']], done: () => toast('ok', m('mailing.given_back')) },
  );
  if (!isAsked)
    return (
      <Button size="large" look="quiet" onClick={() => setAsked(true)}>
        {m('mailing.give_back')}
      </Button>
    );
  return (
    <>
      <Button size="large" look="danger" busy={undo.isPending} onClick={() => undo.mutate(undefined)}>
        {m('mailing.give_back_sure')}
      </Button>
      {undo.error && <Failure error={undo.error} />}
    </>
  );
}

export function BackToMailings() {
  const m = useWords(MAIL_WORDS);
  return (
    <p className="mb-3">
      <Link href="/point/mailings" className="inline-flex min-h-11 items-center text-accent underline">
        {m('mailing.back')}
      </Link>
    </p>
  );
}
