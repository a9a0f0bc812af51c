import { useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { useKept } from '../field/kept.ts';
import { KeptNotice, RecordNotice } from '../field/notices.tsx';
import { record, useAhead, useQueue } from '../field/queue.ts';
import { ScanBox } from '../field/scan-box.tsx';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { HandoverState } from '../parcels/states.tsx';
import { bagsOf, type CountLine, countOf, scannedNumber, sumOf } from './differences.ts';
import { Signed } from './signed.tsx';
import { StopNotice, stopOfNumber, useStops, warnOfStop } from './stops.tsx';
import type { ArrivalIssue, Handover, HandoverList, WarehouseTask, WarehouseTaskOf } from './tasks.ts';
import { WAREHOUSE_WORDS } from './words.ts';

const ISSUES = [
  'damaged',
  'label_unreadable',
  'seal_broken',
  'other',
] as const satisfies readonly ArrivalIssue[];
const SIGNED: ReadonlySet<Handover['state']> = new Set(['signed_normal', 'signed_abnormal']);
const BUZZ_MS = 60;
const WARNING_MS = [80, 60, 80];

/** Parcels of a handover as they come: scan, see what differs, sign. */
export function Count({ id }: { readonly id: string }) {
  const t = useWords(WAREHOUSE_WORDS);
  const list = useKept<HandoverList>(['handover', id], (signal) =>
    api.get('/v1/handovers/{handover_id}/list', { params: { path: { handover_id: id } }, signal }),
  );
  const handover = list.data?.value.handover;
  const isSigned = handover !== undefined && SIGNED.has(handover.state);
  return (
    <Page
      title={handover?.number ?? t('count.title')}
      lead={handover && <HandoverState of={handover.state} />}
      actions={
        <ButtonLink to="/warehouse" size="large">
          {t('count.back')}
        </ButtonLink>
      }
    >
      <Read of={list} rows={8}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            <RecordNotice about={id} />
            {isSigned ? <Signed id={id} /> : <Counting list={answer.value} at={answer.at} />}
          </>
        )}
      </Read>
    </Page>
  );
}

/** Numbers that were scanned on this device, sent or not; a refused scan does not count. */
function useScanned(handoverId: string): ReadonlyMap<string, ArrivalIssue | undefined> {
  const prefix = `${handoverId}/`;
  const scanned = new Map<string, ArrivalIssue | undefined>();
  const { records } = useQueue();
  for (const one of records)
    if (one.about.startsWith(prefix) && one.state !== 'refused')
      scanned.set(one.label, (one.task as WarehouseTaskOf<'arrive'>).issue);
  return scanned;
}

function Counting({ list, at }: { readonly list: HandoverList; readonly at: string }) {
  const { id } = list.handover;
  const lines = countOf(list, useScanned(id));
  const [last, setLast] = useState<string>();
  const isSigning = useAhead(id, at) !== undefined;
  const stops = useStops();
  const stop = last === undefined ? undefined : stopOfNumber(stops, last);
  const scan = (number: string, issue?: ArrivalIssue) => {
    setLast(number);
    const isKnown = lines.some((line) => line.number === number && line.isAnnounced);
    if (stopOfNumber(stops, number) !== undefined) warnOfStop();
    else navigator.vibrate?.(isKnown ? BUZZ_MS : WARNING_MS);
    const task: WarehouseTask = {
      kind: 'arrive',
      handoverId: id,
      number,
      ...(issue === undefined ? {} : { issue }),
    };
    void record({ about: `${id}/${number}`, label: number, task });
  };
  if (isSigning) return <Differences lines={lines} />;
  return (
    <>
      <ScanBox onCode={(code) => scan(scannedNumber(code, lines))} keepsCamera />
      {stop && <StopNotice of={stop} />}
      <Progress lines={lines} />
      {last !== undefined && <Last line={lines.find((one) => one.number === last)} onIssue={scan} />}
      <Differences lines={lines} />
      <Sign id={id} number={list.handover.number} lines={lines} />
    </>
  );
}

function Progress({ lines }: { readonly lines: readonly CountLine[] }) {
  const t = useWords(WAREHOUSE_WORDS);
  const { announced, scanned, surplus, issues } = sumOf(lines);
  return (
    <Card>
      <p role="status" className="text-xl font-semibold">
        {t('count.progress', { scanned, announced })}
      </p>
      <p className="mb-2 flex flex-wrap gap-2">
        {surplus > 0 && <Status tone="warn">{t('count.surplus', { count: surplus })}</Status>}
        {issues > 0 && <Status tone="bad">{t('count.issues', { count: issues })}</Status>}
      </p>
      <ul className="grid gap-1">
        {bagsOf(lines).map((bag) => (
          <li key={bag.code} className="flex items-center justify-between gap-3">
            <span>
              {t('count.bag')} <span className="number">{bag.code}</span>
            </span>
            <Status tone={bag.scanned === bag.all ? 'ok' : 'idle'}>
              {t('count.of', { scanned: bag.scanned, all: bag.all })}
            </Status>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The parcel in one's hands: what is wrong with it is said now. */
function Last({
  line,
  onIssue,
}: {
  readonly line: CountLine | undefined;
  readonly onIssue: (number: string, issue: ArrivalIssue) => void;
}) {
  const t = useWords(WAREHOUSE_WORDS);
  if (line === undefined) return null;
  return (
    <Card title={line.number}>
      {!line.isAnnounced && (
        <div className="mb-3">
          <Notice tone="warn">{t('count.not_announced')}</Notice>
        </div>
      )}
      <BigChoices
        legend={t('count.issue')}
        columns={2}
        value={line.issue}
        onChoice={(issue) => onIssue(line.number, issue)}
        choices={ISSUES.map((value) => ({ value, label: t(`issue.${value}`) }))}
      />
    </Card>
  );
}

function Differences({ lines }: { readonly lines: readonly CountLine[] }) {
  const t = useWords(WAREHOUSE_WORDS);
  const differing = lines.filter((line) => !line.isAnnounced || !line.isScanned || line.issue !== undefined);
  return (
    <Card title={t('count.differences')}>
      {differing.length === 0 ? (
        <p className="text-soft">{t('count.differences_none')}</p>
      ) : (
        <ul className="grid divide-y divide-line">
          {differing.map((line) => (
            <li key={line.number} className="flex min-h-10 flex-wrap items-center justify-between gap-2 py-1">
              <span>
                <span className="number">{line.number}</span>
                {line.bag !== undefined && (
                  <span className="ml-2 text-soft">
                    {t('count.bag')} <span className="number">{line.bag}</span>
                  </span>
                )}
              </span>
              {line.issue !== undefined ? (
                <Status tone="bad">{t(`issue.${line.issue}`)}</Status>
              ) : (
                <Status tone={line.isAnnounced ? 'idle' : 'warn'}>
                  {line.isAnnounced ? t('count.not_scanned') : t('count.extra')}
                </Status>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Sign({
  id,
  number,
  lines,
}: {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly CountLine[];
}) {
  const t = useWords(WAREHOUSE_WORDS);
  const f = useWords(FIELD_WORDS);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { missing, surplus, scanned } = sumOf(lines);
  const sign = async () => {
    setBusy(true);
    const task: WarehouseTask = { kind: 'sign', handoverId: id };
    const kept = await record({ about: id, label: number, task }).finally(() => setBusy(false));
    setAsking(false);
    if (kept.state !== 'refused')
      toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
  };
  return (
    <>
      <Button size="large" look="primary" wide disabled={scanned === 0} onClick={() => setAsking(true)}>
        {t('count.sign')}
      </Button>
      <Dialog title={t('count.sign')} open={isAsking} onOpen={setAsking}>
        <p className="mb-4">{t('count.sign_ask', { scanned, missing, surplus })}</p>
        <Button size="large" look="primary" wide busy={isBusy} onClick={() => void sign()}>
          {t('count.sign_now')}
        </Button>
      </Dialog>
    </>
  );
}
