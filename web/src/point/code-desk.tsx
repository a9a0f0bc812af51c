import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { ScanBox } from '../field/scan-box.tsx';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { type Brought, broughtBy, spelled } from './codes.ts';
import { Lines } from './parts.tsx';
import { useMailingVisits, useVisits } from './visits.ts';
import { POINT_WORDS } from './words.ts';

const HOME: Readonly<Record<Brought, string>> = { return: '/point/returns', mailing: '/point/mailings' };

/** Codes of those who bring something: what one opens has a screen of its own, and who stands here is listed. */
export function CodeDesk({ use }: { readonly use: Brought }) {
  const t = useWords(POINT_WORDS);
  const returns = useVisits();
  const mailings = useMailingVisits();
  const here =
    use === 'return'
      ? returns.visits.map(({ code, at, opened }) => ({ code, at, name: opened?.order_reference }))
      : mailings.visits.map(({ code, at, opened }) => ({ code, at, name: opened?.goods.description }));
  const { close } = use === 'return' ? returns : mailings;
  const idOf = async (kind: Brought, code: string) =>
    kind === 'return' ? (await returns.open(code))?.return_id : (await mailings.open(code))?.mailing_id;
  const [said, setSaid] = useState<{ readonly unknown?: string; readonly noted?: Brought }>({});
  const look = useAct<string, unknown>(async (code) => {
    setSaid({});
    const kind = broughtBy(code);
    if (kind === undefined) return setSaid({ unknown: code });
    // A QR says what it is: that it was shown at the other desk is nobody's mistake.
    const at = kind === 'either' ? use : kind;
    const id = await idOf(at, code.trim());
    if (id === undefined) setSaid({ noted: at });
    else navigate(`${HOME[at]}/${id}`);
  });
  return (
    <>
      <ScanBox onCode={(code) => look.mutate(code)} />
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
          <Notice tone="warn">{t(`${said.noted}.noted`)}</Notice>
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
              <Button size="large" look="primary" busy={look.isPending} onClick={() => look.mutate(one.code)}>
                {t('returns.open')}
              </Button>
              <Button size="large" look="quiet" onClick={() => void close(one.code)}>
                {t('returns.forget')}
              </Button>
            </span>
          </li>
        ))}
      </Lines>
    </>
  );
}
