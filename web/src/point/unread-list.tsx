import { useState } from 'react';
import { useQueue } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, Textarea } from '../kit/field.tsx';
import { Status } from '../kit/status.tsx';
import { Moment, Weight } from '../kit/values.tsx';
import { isReturnCode, spelled } from './codes.ts';
import { Lines } from './parts.tsx';
import { useUnread } from './reads.ts';
import type { PointTask, UnreadReturn } from './tasks.ts';
import { UnreadPictures } from './unread-pictures.tsx';
import { POINT_WORDS } from './words.ts';

const box = 'grid gap-2 rounded-lg border border-warn bg-card px-3 py-2.5';

/** Goods that were taken without reading their code: to be finished, or to be looked at. */
export function UnreadList({
  isBusy,
  onFinish,
}: {
  readonly isBusy: boolean;
  readonly onFinish: (finish: Finish) => void;
}) {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const known = useUnread().data?.value ?? [];
  const waiting = useQueue().records.filter(
    ({ task, state }) => state === 'waiting' && (task as PointTask).kind === 'take_unread',
  );
  return (
    <Lines title={t('unread.list')}>
      {[
        ...waiting.map((one) => (
          <li key={one.id} className={box}>
            <span className="flex flex-wrap items-center justify-between gap-x-3">
              <span className="number text-lg font-medium">{spelled(one.label)}</span>
              <Status tone="warn">{f('records.state.waiting')}</Status>
            </span>
            <span className="text-soft">
              <Moment at={one.at} />
            </span>
          </li>
        )),
        ...known.map((one) => (
          <li key={one.id} className={box}>
            <Taken of={one} isBusy={isBusy} onFinish={onFinish} />
          </li>
        )),
      ]}
    </Lines>
  );
}

type Finish = { readonly id: string; readonly code: string };

/** A code that opens nothing was mistyped perhaps: the right one is tried, as it is said or shown now. */
function Taken({
  of,
  isBusy,
  onFinish,
}: {
  readonly of: UnreadReturn;
  readonly isBusy: boolean;
  readonly onFinish: (finish: Finish) => void;
}) {
  const t = useWords(POINT_WORDS);
  const isOpen = of.state === 'open';
  const [code, setCode] = useState(isOpen ? '' : of.code);
  return (
    <>
      <span className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="number text-lg font-medium">{spelled(of.code)}</span>
        <Status tone={isOpen ? 'bad' : 'move'}>{t(isOpen ? 'unread.open' : 'unread.matched')}</Status>
      </span>
      <span className="flex flex-wrap gap-x-3 text-soft">
        <Moment at={of.occurred_at} />
        <Weight grams={of.weight_grams} />
        {of.note}
      </span>
      {of.picture_ids.length > 0 && <Photos of={of} />}
      {isOpen && (
        <Field label={t('unread.right_code')} hint={t('unread.right_code_hint')}>
          <Input value={code} onText={setCode} mono autoCapitalize="characters" />
        </Field>
      )}
      <Button
        size="large"
        look="primary"
        busy={isBusy}
        disabled={!isReturnCode(code)}
        onClick={() => onFinish({ id: of.id, code: code.trim() })}
      >
        {t('unread.finish')}
      </Button>
      <Settle of={of} />
    </>
  );
}

/** Closed until somebody wants to see them: many goods may lie here, and each photo is loaded. */
function Photos({ of }: { readonly of: UnreadReturn }) {
  const t = useWords(POINT_WORDS);
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-11 cursor-pointer py-2">
        {t('unread.photos', { count: of.picture_ids.length })}
      </summary>
      {isOpen && <UnreadPictures of={of} />}
    </details>
  );
}

/** A supervisor says what became of goods that belong to no return. */
function Settle({ of }: { readonly of: UnreadReturn }) {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  const [words, setWords] = useState('');
  const act = useAct<undefined, unknown>(
    () =>
      api.post('/v1/unread-returns/{unread_id}/resolution', {
        params: { path: { unread_id: of.id } },
        body: { resolution: words.trim() },
      }),
    { touches: [['kept']] },
  );
  if (of.state !== 'open' || !may('settleUnreadReturn')) return null;
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2">{t('unread.settle')}</summary>
      <ActForm act={act} submit={t('conflicts.resolve')} disabled={words.trim() === ''}>
        <Field label={t('conflicts.found')} hint={t('conflicts.found_hint')}>
          <Textarea value={words} onText={setWords} maxLength={300} rows={2} />
        </Field>
      </ActForm>
    </details>
  );
}
