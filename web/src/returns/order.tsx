import { useEffect } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Badge, Notice, Status } from '../kit/status.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { kindsOf, limitOf } from './draft.ts';
import { Clock, LinkButton, Sheet, TONES } from './parts.tsx';
import { usePortal } from './portal.tsx';
import type { Order, Return } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

/** What was ordered, what of it can go back and why not, and what is on its way. */
export function OrderView() {
  const t = useWords(PORTAL_WORDS);
  const { order, draft } = usePortal();
  const title = t('order.title', { order: order?.order_reference ?? '' });
  useEffect(() => {
    document.title = `${title} · Postroad`;
  }, [title]);
  if (order === undefined) return null;
  const returns = order.returns.toSorted((a, b) => b.applied_at.localeCompare(a.applied_at));
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
      {returns.map((one) => (
        <Summary key={one.id} of={one} />
      ))}
      <Sheet title={t('goods')}>
        <Window of={order} />
        <ul className="mt-3 grid gap-3">
          {order.lines.map((line) => (
            <li key={line.line} className="border-t border-line pt-3">
              <p className="font-medium wrap-anywhere">
                {line.description} <span className="font-normal text-soft">× {line.quantity}</span>
              </p>
              <LineSays of={line} limit={limitOf(order)} />
            </li>
          ))}
        </ul>
        {kindsOf(order).length > 0 && (
          <div className="mt-4 grid sm:justify-start">
            <LinkButton href="#apply">{t(draft === undefined ? 'apply.open' : 'apply.go_on')}</LinkButton>
          </div>
        )}
      </Sheet>
    </>
  );
}

function Window({ of }: { readonly of: Order }) {
  const t = useWords(PORTAL_WORDS);
  const { instant } = useFormats();
  const limit = limitOf(of);
  const moment = of.window_ends_at === undefined ? '' : instant(of.window_ends_at);
  if (limit === 'nothing_left') return <p className="text-soft">{t('limit.nothing_left')}</p>;
  if (limit === undefined) return <p className="text-soft">{t('window', { moment })}</p>;
  return <Notice tone={limit === 'window_over' ? 'warn' : 'idle'}>{t(`limit.${limit}`, { moment })}</Notice>;
}

function LineSays({
  of,
  limit,
}: {
  readonly of: Order['lines'][number];
  readonly limit: ReturnType<typeof limitOf>;
}) {
  const t = useWords(PORTAL_WORDS);
  if (of.returnable === 0) return <p className="text-sm text-soft">{t('line.spoken_for')}</p>;
  if (limit === 'window_over') return <p className="text-sm text-soft">{t('line.too_late')}</p>;
  if (limit === 'not_delivered') return <p className="text-sm text-soft">{t('line.not_yet')}</p>;
  return (
    <p className="text-sm text-soft">
      {t('line.returnable', { count: of.returnable })}
      {of.only_if_faulty && ` ${t('line.only_if_faulty')}`}
    </p>
  );
}

function Summary({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <p className="flex flex-wrap items-center gap-2">
        <Badge>{r(`kind.${of.kind}`)}</Badge>
        <Status tone={TONES[of.state]}>{r(`state.${of.state}`)}</Status>
      </p>
      <h2 className="mt-2 text-lg font-semibold">{t(`says.${of.state}`)}</h2>
      <p className="text-soft wrap-anywhere">
        {of.items.map(({ description, quantity }) => `${description} × ${quantity}`).join(', ')}
      </p>
      <Clock of={of} />
      <div className="mt-3 grid sm:justify-start">
        <LinkButton href={`#${of.id}`} look="plain">
          {t(of.state === 'agreed' ? 'return.choose' : of.code === undefined ? 'return.open' : 'return.code')}
        </LinkButton>
      </div>
    </section>
  );
}
