import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { ScanBox } from '../field/scan-box.tsx';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { type Brought, broughtBy, spelled } from './codes.ts';
import { Lines } from './parts.tsx';
import { UnreadList } from './unread-list.tsx';
import { useMailingVisits, useVisits } from './visits.ts';
import { POINT_WORDS } from './words.ts';

const HOME: Readonly<Record<Brought, string>> = { return: '/point/returns', mailing: '/point/mailings' };

type Noted = { readonly at: Brought; readonly code: string };
/** `unread`: of goods that were taken before their code could be read. */
type Look = { readonly code: string; readonly unread?: string };

/** Codes of those who bring something: what one opens has a screen of its own, and who stands here is listed. */
export function CodeDesk({ use }: { readonly use: Brought }) {
  const t = useWords(POINT_WORDS);
  const returns = useVisits();
  const mailings = useMailingVisits();
  const here =
    use === 'return'
      ? returns.visits.map(({ code, at, opened }) => ({
          ...{ code, at, isOpened: opened !== undefined },
          name: opened?.order_reference,
        }))
      : mailings.visits.map(({ code, at, opened }) => ({
          ...{ code, at, isOpened: opened !== undefined },
          name: opened?.goods.description,
        }));
  const { close } = use === 'return' ? returns : mailings;
  const idOf = async (kind: Brought, code: string) =>
    kind === 'return' ? (await returns.open(code))?.return_id : (await mailings.open(code))?.mailing_id;
  const [said, setSaid] = useState<{ readonly unknown?: string; readonly noted?: Noted }>({});
  const look = useAct<Look, unknown>(async ({ code, unread }) => {
    setSaid({});
    const kind = broughtBy(code);
    if (kind === undefined) return setSaid({ unknown: code });
    // A QR says what it is: that it was shown at the other desk is nobody's mistake.
    const at = kind === 'either' ? use : kind;
    const id = await idOf(at, code.trim());
    if (id === undefined) setSaid({ noted: { at, code: code.trim() } });
    else navigate(`${HOME[at]}/${id}${unread === undefined ? '' : `?unread=${unread}`}`);
  });
  return (
    <>
      <ScanBox onCode={(code) => look.mutate({ code })} />
      {look.error && (
        <div className="mb-4">
          <Failure error={look.error} />
        </div>
      )}
      {said.unknown !== undefined && (
        <div className="mb-4">
          <Notice tone="bad">{t(`${use}.unknown`, { said: said.unknown })}</Notice>
        </div>
      )}
      {said.noted !== undefined && (
        <div className="mb-4">
          <Notice tone="warn">
            <p>{t(`${said.noted.at}.noted`)}</p>
            {said.noted.at === 'return' && (
              <p className="mt-2">
                <TakeUnread code={said.noted.code} />
              </p>
            )}
          </Notice>
        </div>
      )}
      <Lines title={t('returns.visits')}>
        {here.map((one) => (
          <li
            key={one.code}
            className="flex min-h-14 flex-wrap items-center justify-between gap-2 rounded-lg border border-warn bg-card px-3 py-2"
          >
            <span>
              <span className="text-lg font-medium wrap-anywhere">{one.name ?? spelled(one.code)}</span>{' '}
              <span className="text-soft">
                <Moment at={one.at} />
              </span>
            </span>
            <span className="flex flex-wrap gap-2">
              <Button
                size="large"
                look="primary"
                busy={look.isPending}
                onClick={() => look.mutate({ code: one.code })}
              >
                {t('returns.open')}
              </Button>
              {use === 'return' && !one.isOpened && <TakeUnread code={one.code} />}
              <Button size="large" look="quiet" onClick={() => void close(one.code)}>
                {t('returns.forget')}
              </Button>
            </span>
          </li>
        ))}
      </Lines>
      {use === 'return' && (
        <UnreadList isBusy={look.isPending} onFinish={({ id, code }) => look.mutate({ code, unread: id })} />
      )}
    </>
  );
}

function TakeUnread({ code }: { readonly code: string }) {
  const t = useWords(POINT_WORDS);
  return (
    <ButtonLink size="large" to={`/point/returns/unread?code=${encodeURIComponent(code)}`}>
      {t('unread.title')}
    </ButtonLink>
  );
}
