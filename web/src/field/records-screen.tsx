import type { ReactNode } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, RefusalSaid } from '../kit/states.tsx';
import { Notice, Status, type Tone } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { dismiss, resume, useQueue } from './queue.ts';
import { countsOf, type FieldRecord } from './record.ts';
import { FIELD_WORDS } from './words.ts';

const TONES: Readonly<Record<FieldRecord['state'], Tone>> = { waiting: 'warn', sent: 'ok', refused: 'bad' };

/** What is on the device and what became of it. A refusal stays until somebody has understood it. */
export function RecordsScreen({
  useTaskName,
  useRefusal,
}: {
  readonly useTaskName: () => (task: unknown) => string;
  /** Says a refusal in the words of the face; undefined: the server's own are shown. */
  readonly useRefusal?: () => (record: FieldRecord) => ReactNode;
}) {
  const t = useWords(FIELD_WORDS);
  const queue = useQueue();
  const nameOf = useTaskName();
  const refusalOf = useRefusal?.();
  const { waiting } = countsOf(queue.records);
  return (
    <Page
      title={t('records.title')}
      lead={t('records.lead')}
      actions={
        waiting > 0 && (
          <Button look="primary" size="large" busy={queue.isSending} onClick={resume}>
            {t('records.send_now')}
          </Button>
        )
      }
    >
      {queue.stopped && waiting > 0 && (
        <div className="mb-4">
          <Notice tone="warn">{t(`records.stopped.${queue.stopped}`)}</Notice>
        </div>
      )}
      {queue.others > 0 && (
        <div className="mb-4">
          <Notice tone="idle">{t('records.others', { count: queue.others })}</Notice>
        </div>
      )}
      {queue.records.length === 0 ? (
        <Empty title={t('records.none')} hint={t('records.none_hint')} />
      ) : (
        <Card>
          <ul className="grid divide-y divide-line">
            {queue.records.toReversed().map((one) => (
              <Line key={one.seq} record={one} name={nameOf(one.task)} refusal={refusalOf?.(one)} />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

function Line({
  record,
  name,
  refusal,
}: {
  readonly record: FieldRecord;
  readonly name: string;
  readonly refusal: ReactNode;
}) {
  const t = useWords(FIELD_WORDS);
  return (
    <li className="grid gap-1.5 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-lg font-medium wrap-anywhere">{name}</span>
        <Status tone={TONES[record.state]}>{t(`records.state.${record.state}`)}</Status>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 text-soft">
        <span className="number">{record.label}</span>
        <Moment at={record.at} />
      </div>
      {record.state === 'refused' && (
        <Notice tone="bad">
          {refusal ?? (
            <>
              <p>
                <RefusalSaid code={record.code} detail={record.detail} />
              </p>
              <p className="mt-1 text-sm">
                <a href={`/docs/errors#${record.code}`}>{t('records.why', { code: record.code ?? '' })}</a>
              </p>
            </>
          )}
          <p className="mt-2">
            <Button size="large" onClick={() => void dismiss(record)}>
              {t('records.seen')}
            </Button>
          </p>
        </Notice>
      )}
    </li>
  );
}
