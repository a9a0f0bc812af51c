import { type ReactNode, useEffect } from 'react';
import { useFormats } from '../ground/format.ts';
import { said } from '../ground/said.ts';
import { useWords } from '../ground/words.ts';
import { Badge, Notice, Status } from '../kit/status.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { Acts } from './acts.tsx';
import { Code } from './code.tsx';
import { Back, Clock, LinkButton, Sheet, TONES } from './parts.tsx';
import type { Return } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

/** States in which the buyer still chooses how the goods go back. */
const CHOOSES: ReadonlySet<Return['state']> = new Set(['agreed', 'routed', 'code_issued']);

/** One return: where it stands, until when, what the buyer can do, and how it went. */
export function ReturnView({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const headline = t(`says.${of.state}`);
  useEffect(() => {
    document.title = `${headline} · Postroad`;
  }, [headline]);
  const lost = of.steps?.at(-1)?.fact === 'route_lost' ? of.steps.at(-1)?.reason : undefined;
  return (
    <>
      <Back href="#">{t('order.back')}</Back>
      <Sheet>
        <p className="flex flex-wrap items-center gap-2">
          <Badge>{r(`kind.${of.kind}`)}</Badge>
          <Status tone={TONES[of.state]}>{r(`state.${of.state}`)}</Status>
        </p>
        <h1 className="mt-2 text-2xl font-semibold tracking-tight">{headline}</h1>
        <Clock of={of} />
        {lost !== undefined && (
          <div className="mt-3">
            <Notice tone="warn">{t('route.lost', { reason: said(r, 'cause', lost) })}</Notice>
          </div>
        )}
        {of.route?.reason !== undefined && of.state === 'code_issued' && (
          <div className="mt-3">
            <Notice tone="warn">{t('route.sent_on', { reason: said(r, 'cause', of.route.reason) })}</Notice>
          </div>
        )}
        <Money of={of} />
        {of.state === 'agreed' && (
          <div className="mt-4 grid sm:justify-start">
            <LinkButton href={`#${of.id}/way`}>{t('way.open')}</LinkButton>
          </div>
        )}
      </Sheet>
      {of.code !== undefined && <Code of={of} code={of.code} />}
      {of.state === 'routed' && <ReturnAddress of={of} />}
      {CHOOSES.has(of.state) && of.state !== 'agreed' && (
        <p className="screen-only">
          <a
            className="inline-flex min-h-6 items-center text-accent underline pointer-coarse:min-h-11"
            href={`#${of.id}/way`}
          >
            {t('way.other')}
          </a>
        </p>
      )}
      <Acts of={of} />
      <Goods of={of} />
      <Steps of={of} />
    </>
  );
}

/** What goes back, who pays the way, and that the refund was ordered. */
function Money({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { money, instant } = useFormats();
  const lines: ReactNode[] = [];
  if (of.refund === undefined) lines.push(t('amount', { amount: money(of.amount) }));
  else
    lines.push(
      t('refund', { amount: money(of.refund.amount), moment: instant(of.refund.instructed_at) }),
      t('refund.hint'),
    );
  if (of.kind !== 'refund_only') lines.push(r(`payer.${of.freight_payer}`));
  if (of.intake !== undefined && of.intake.payment === 'collected')
    lines.push(t('freight.paid', { amount: money(of.intake.freight) }));
  return (
    <div className="mt-3 border-t border-line pt-3 text-soft">
      {lines.map((line) => (
        <p key={String(line)}>{line}</p>
      ))}
    </div>
  );
}

function ReturnAddress({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const { return_address: lines } = of.route ?? {};
  return (
    <Sheet title={t('post.to')}>
      {lines === undefined ? (
        <p>{t('post.no_address')}</p>
      ) : (
        <address className="not-italic">
          {lines.map((line) => (
            <span key={line} className="block wrap-anywhere">
              {line}
            </span>
          ))}
        </address>
      )}
      <p className="mt-2 text-sm text-soft">{t('post.note', { order: of.order_reference })}</p>
    </Sheet>
  );
}

function Goods({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { money, weight } = useFormats();
  return (
    <Sheet title={t('return.goods')}>
      <ul className="grid gap-3">
        {of.items.map((item) => (
          <li key={item.line}>
            <p className="font-medium wrap-anywhere">
              {item.description} × {item.quantity}
            </p>
            <p className="text-sm text-soft">
              {said(r, 'why', item.reason)} · {money(item.amount)}
            </p>
            {item.counter !== undefined && (
              <p className="text-sm text-soft">
                {t('counter.found', { finding: r(`finding.${item.counter.finding}`) })}
              </p>
            )}
            {item.screening !== undefined && (
              <p className="text-sm text-soft">
                {t('seller.found', {
                  grade:
                    item.screening.reason === undefined
                      ? r(`grade.${item.screening.grade}`)
                      : r(`no_ok.${item.screening.reason}`),
                  amount: money(item.screening.refund),
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
      <ul className="mt-3 grid gap-1 border-t border-line pt-3 text-sm text-soft empty:hidden">
        {of.wanted !== undefined && <li className="wrap-anywhere">{t('wanted', { wanted: of.wanted })}</li>}
        {of.statement !== undefined && (
          <li className="wrap-anywhere whitespace-pre-line">{t('said', { text: of.statement })}</li>
        )}
        {of.picture_ids.length > 0 && <li>{t('pictures.sent', { count: of.picture_ids.length })}</li>}
        {of.refusal !== undefined && (
          <li className="wrap-anywhere">{t('refusal', { reason: of.refusal.reason })}</li>
        )}
        {of.intake !== undefined && <li>{t('intake', { weight: weight(of.intake.weight_grams) })}</li>}
        {of.parcel !== undefined && <li>{t('parcel', { number: of.parcel.number })}</li>}
        {of.replacement !== undefined && <li>{t('replacement', { number: of.replacement.number })}</li>}
      </ul>
    </Sheet>
  );
}

const STEP_TONES: Readonly<Record<string, Parameters<typeof Status>[0]['tone']>> = {
  agreed: 'ok',
  refused: 'bad',
  escalated: 'warn',
  route_lost: 'warn',
  turned_away: 'bad',
  handover_late: 'warn',
  refunded: 'ok',
  exchanged: 'ok',
  closed: 'idle',
};

function Steps({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { instant } = useFormats();
  return (
    <Sheet title={t('steps')}>
      <Timeline
        steps={(of.steps ?? [])
          .map((step, index) => ({
            id: String(index),
            tone: STEP_TONES[step.fact] ?? ('move' as const),
            title: said(r, 'fact', step.fact),
            when: `${instant(step.occurred_at)} · ${r(`party.${step.party}`)}`,
            ...(step.reason === undefined ? {} : { detail: said(r, 'cause', step.reason) }),
          }))
          .toReversed()}
      />
    </Sheet>
  );
}
