import { createContext, type ReactNode, useContext, useState } from 'react';
import { type KeptAnswer, useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { leave } from '../field/session.ts';
import { api } from '../ground/api.ts';
import { useMay, useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import type { Point } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** The outlet where this device stands: nothing personal, so it stays chosen over log-outs. */
const CHOSEN = 'postroad-point';

/** The outlet that the address names (`?at=pnt_...`, as a bookmark at the counter has it), else the one chosen before. */
function chosenAtFirst(): string {
  const named = new URLSearchParams(location.search).get('at');
  if (named !== null) localStorage.setItem(CHOSEN, named);
  return named ?? localStorage.getItem(CHOSEN) ?? '';
}
const SHOWN = 100;

type Here = { readonly point: Point; readonly others: number; readonly leave: () => void };
const HereContext = createContext<Here | undefined>(undefined);

/** Where somebody works now. */
export function useHere(): Here {
  const here = useContext(HereContext);
  if (here === undefined) throw new Error('this screen stands outside of AtPoint');
  return here;
}

/** The point of whoever has one; who works at several chooses, and it stays chosen. */
export function AtPoint({ children }: { readonly children: ReactNode }) {
  const t = useWords(POINT_WORDS);
  const [chosen, setChosen] = useState(chosenAtFirst);
  const [code, setCode] = useState('');
  const points = useKept<readonly Point[]>(['points', code], async (signal) => {
    const query = { limit: SHOWN, ...(code === '' ? {} : { outlet_code: code }) };
    return (await api.get('/v1/points', { params: { query }, signal })).data;
  });
  const one = useKept<Point>(
    ['point', chosen],
    (signal) => api.get('/v1/points/{point_id}/record', { params: { path: { point_id: chosen } }, signal }),
    { enabled: chosen !== '', everyMs: 300_000 },
  );
  const all = points.data?.value ?? [];
  const only = code === '' && all.length === 1 ? all[0] : undefined;
  const known =
    all.find(({ id }) => id === chosen) ?? (one.data?.value.id === chosen ? one.data.value : undefined);
  const point = known ?? only;
  const choose = (id: string) => {
    localStorage.setItem(CHOSEN, id);
    setChosen(id);
    setCode('');
  };
  const isUnsure = chosen !== '' && one.isPending;
  if (point !== undefined)
    return (
      <HereContext value={{ point, others: all.length - 1, leave: () => choose('') }}>{children}</HereContext>
    );
  return (
    <Page title={t('here.title')} lead={t('here.lead')}>
      <Read of={isUnsure ? { ...points, data: undefined } : points} rows={5}>
        {(answer) => <Choice answer={answer} code={code} onCode={setCode} onChoice={choose} />}
      </Read>
    </Page>
  );
}

/** To the desk of the network, for its staff; clerks have none. */
export function DeskLink() {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  if (!may('applyPoint')) return null;
  return (
    <a className="inline-block py-3 text-accent underline" href="/network">
      {t('here.desk')}
    </a>
  );
}

/** Who works nowhere yet comes to no other screen. */
function Elsewhere() {
  const k = useWords(KIT_WORDS);
  const session = useSession();
  return (
    <div className="flex flex-wrap items-center gap-4">
      <DeskLink />
      <Button size="large" onClick={() => void leave(session)}>
        {k('action.log_out')}
      </Button>
    </div>
  );
}

function Choice({
  answer,
  code,
  onCode,
  onChoice,
}: {
  readonly answer: KeptAnswer<readonly Point[]>;
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onChoice: (id: string) => void;
}) {
  const t = useWords(POINT_WORDS);
  const [typed, setTyped] = useState(code);
  return (
    <>
      <KeptNotice of={answer} />
      {(code !== '' || answer.value.length >= SHOWN) && (
        <form
          className="mb-4 flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onCode(typed.trim());
          }}
        >
          <div className="flex-1">
            <Field label={t('here.code')}>
              <Input value={typed} onText={setTyped} mono />
            </Field>
          </div>
          <Button type="submit">{t('here.find')}</Button>
        </form>
      )}
      {answer.value.length === 0 && (
        <Empty title={t('here.none')} hint={t('here.none_hint')} action={<Elsewhere />} />
      )}
      <ul className="grid gap-2">
        {answer.value.map((one) => (
          <li key={one.id}>
            <Button size="large" wide onClick={() => onChoice(one.id)}>
              <span className="grid">
                <span>{one.name}</span>
                <span className="text-base font-normal text-soft">
                  {[one.outlet_code, one.city, ...one.address_lines].join(' \u00b7 ')}
                </span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
