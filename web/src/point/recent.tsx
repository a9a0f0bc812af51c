import { useState } from 'react';
import { Link } from 'wouter';
import { useKept } from '../field/kept.ts';
import { dismiss, record, useQueue } from '../field/queue.ts';
import type { FieldRecord } from '../field/record.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api, isProblem } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { deviceId } from './device.ts';
import { useHere } from './here.tsx';
import { BigCode, Lines, RefusalText, useConflictWords } from './parts.tsx';
import { isUndone } from './shelf.ts';
import type { PointTask } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const RECENT = 8;
const TONES = { sent: 'ok', waiting: 'warn', refused: 'bad' } as const;

/** What this device recorded last of a kind, newest first. */
export function useRecent(kind: PointTask['kind']): readonly FieldRecord[] {
  const { records } = useQueue();
  return records
    .filter((one) => (one.task as PointTask).kind === kind)
    .toReversed()
    .slice(0, RECENT);
}

/** The code to write on a parcel; null when it is the recipient's secret, undefined as long as nobody knows it here. */
export function useWrittenCode(parcelId: string | undefined): string | null | undefined {
  const read = useKept<string | null>(
    ['written', parcelId ?? ''],
    async (signal) => {
      const params = { path: { shelf_parcel_id: parcelId ?? '' } };
      try {
        return (await api.get('/v1/shelf-parcels/{shelf_parcel_id}/written-code', { params, signal })).code;
      } catch (error) {
        if (isProblem(error, 'shelf_code_secret')) return null;
        throw error;
      }
    },
    { enabled: parcelId !== undefined },
  );
  return read.data?.value;
}

/** A taking in: its code, big for the newest; or that it waits, or what the server said against it. */
export function RecentLine({ of, isNewest }: { readonly of: FieldRecord; readonly isNewest: boolean }) {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const code = useWrittenCode(of.made);
  const wordsOf = useConflictWords();
  if (isNewest && typeof code === 'string' && of.made !== undefined)
    return (
      <div>
        <BigCode label={t('take_in.write', { number: of.label })} code={code} />
        <Link
          href={`/point/parcels/${of.made}`}
          className="inline-flex min-h-11 items-center text-accent underline"
        >
          {t('take_in.wrong')}
        </Link>
      </div>
    );
  return (
    <div className="grid gap-1 rounded-lg border border-line bg-card px-3 py-2.5">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3">
        <span className="number text-lg font-medium wrap-anywhere">
          {of.made === undefined ? of.label : <Link href={`/point/parcels/${of.made}`}>{of.label}</Link>}
        </span>
        {typeof code === 'string' ? (
          <span className="number text-2xl font-semibold">{code}</span>
        ) : (
          <Status tone={TONES[of.state]}>{f(`records.state.${of.state}`)}</Status>
        )}
        <Moment at={of.at} />
      </div>
      {of.state === 'waiting' && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-soft">
          <p>{t('take_in.later')}</p>
          <TakeBack of={of} />
        </div>
      )}
      {code === null && <p className="text-soft">{t('take_in.secret')}</p>}
      {of.state === 'refused' && (
        <Notice tone="bad">
          {wordsOf(of) ?? <RefusalText of={of} />}
          <p className="mt-2">
            <Button size="large" onClick={() => void dismiss(of)}>
              {f('records.seen')}
            </Button>
          </p>
        </Notice>
      )}
    </div>
  );
}

/** What this device handed out last by itself: to look at, and to take back. */
export function RecentHandOuts() {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const given = useRecent('hand_out');
  return (
    <Lines title={t('hand_out.recent')}>
      {given.map((one) => (
        <li
          key={one.seq}
          className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 rounded-lg border border-line bg-card px-3 py-2"
        >
          <Link href={`/point/parcels/${one.about}`} className="number text-lg font-medium wrap-anywhere">
            {one.label}
          </Link>
          <Moment at={one.at} />
          <Status tone={TONES[one.state]}>{f(`records.state.${one.state}`)}</Status>
          {one.state !== 'refused' && <TakeBack of={one} />}
        </li>
      ))}
    </Lines>
  );
}

/**
 * Takes back what this device recorded, with a network or without: an act of its own that follows the first one to the
 * server, both stay on record. Asked for twice.
 */
export function TakeBack({ of }: { readonly of: FieldRecord }) {
  const t = useWords(POINT_WORDS);
  const [isSure, setSure] = useState(false);
  const { records } = useQueue();
  const { point } = useHere();
  if (isUndone(records, of)) return <Status tone="idle">{t('undo.done')}</Status>;
  const go = () => {
    const action = { kind: 'undo', number: of.label, undoes: of.id } as const;
    const task: PointTask = { kind: 'undo', pointId: point.id, deviceId: deviceId(), action };
    void record({ about: of.about, label: of.label, task }, 0);
  };
  return (
    <Button look={isSure ? 'danger' : 'quiet'} size="large" onClick={() => (isSure ? go() : setSure(true))}>
      {t(isSure ? 'undo.sure' : 'undo.waiting')}
    </Button>
  );
}
