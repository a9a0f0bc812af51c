import { useState } from 'react';
import type { KeptAnswer } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { isAhead, record, useQueue } from '../field/queue.ts';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Weight } from '../kit/values.tsx';
import { useHere } from './here.tsx';
import { Due, Lines, OpenRecord, ParcelLine } from './parts.tsx';
import { useMailings, useReturns, useShelf } from './reads.ts';
import { BackToReturns } from './returns.tsx';
import { isLate } from './shelf.ts';
import type { PointTask, TakenReturn } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** The courier is here: each parcel that he takes along is scanned once, whatever kind it is. */
export function HandOver() {
  const t = useWords(POINT_WORDS);
  const f = useWords(FIELD_WORDS);
  const { point } = useHere();
  const returns = useReturns('accepted_at_point');
  const mailings = useMailings('accepted');
  const shelf = useShelf();
  const { records } = useQueue();
  const [unknown, setUnknown] = useState<string>();
  const notRecorded = <One extends { readonly id: string }>(
    answer: KeptAnswer<readonly One[]> | undefined,
  ) => {
    const recorded = new Set(records.filter((one) => isAhead(one, answer?.at)).map((one) => one.about));
    return (answer?.value ?? []).filter((one) => !recorded.has(one.id));
  };
  const toReturn = notRecorded(returns.data);
  const toMail = notRecorded(mailings.data);
  const home = (shelf.data?.parcels ?? []).filter((one) => one.state === 'returning');
  const write = async (about: string, label: string, task: PointTask) => {
    const kept = await record({ about, label, task });
    if (kept.state === 'refused') toast('bad', kept.detail ?? '');
    else toast(kept.state === 'sent' ? 'ok' : 'warn', t('hand_over.scanned', { number: label }));
  };
  const onCode = (code: string) => {
    const all = [...toReturn, ...toMail, ...home].flatMap(({ number: known }) => known ?? []);
    const number = numberIn(code, all);
    const goods = toReturn.find((one) => one.number === number && number !== undefined);
    const mailing = toMail.find((one) => one.number === number && number !== undefined);
    const parcel = home.find((one) => one.number === number);
    setUnknown(undefined);
    if (goods !== undefined)
      void write(goods.id, goods.number ?? goods.id, {
        ...{ kind: 'hand_over', pointId: point.id, returnId: goods.id },
      });
    else if (mailing !== undefined)
      void write(mailing.id, mailing.number ?? mailing.id, {
        ...{ kind: 'hand_over_mailing', pointId: point.id, mailingId: mailing.id },
      });
    else if (parcel !== undefined)
      void write(parcel.id, parcel.number, { kind: 'send_back', parcelId: parcel.id });
    else setUnknown(code);
  };
  return (
    <Page title={t('hand_over.title')} lead={t('hand_over.lead')}>
      <BackToReturns />
      <ScanBox onCode={onCode} keepsCamera />
      {unknown !== undefined && (
        <div className="mb-4">
          <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
        </div>
      )}
      <Read of={shelf} rows={6}>
        {(answer) => (
          <>
            <KeptNotice of={{ ...answer, value: undefined }} />
            {toReturn.length + toMail.length + home.length === 0 && (
              <Empty title={t('hand_over.none')} hint={t('hand_over.none_hint')} />
            )}
            <Lines title={t('hand_over.returns')}>
              {toReturn.map((one) => (
                <li key={one.id}>
                  <Handed of={one} grams={one.weight_grams} />
                </li>
              ))}
            </Lines>
            <Lines title={t('hand_over.mailings')}>
              {toMail.map((one) => (
                <li key={one.id}>
                  <Handed of={one} grams={one.receipt?.weight_grams} />
                </li>
              ))}
            </Lines>
            <Lines title={t('hand_over.home')}>
              {home.map((one) => (
                <li key={one.id}>
                  <ParcelLine of={one} to={`/point/parcels/${one.id}`} />
                </li>
              ))}
            </Lines>
          </>
        )}
      </Read>
    </Page>
  );
}

/** One parcel that the courier is to take along. */
function Handed({
  of,
  grams,
}: {
  readonly of: Pick<TakenReturn, 'id' | 'number' | 'handover_due_at' | 'is_handover_late'>;
  readonly grams: number | undefined;
}) {
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 rounded-lg border border-line bg-card px-3 py-2">
      <OpenRecord about={of.id} />
      <span className="number text-lg font-medium wrap-anywhere">{of.number}</span>
      <span className="flex flex-wrap gap-x-3 text-soft">
        {grams !== undefined && <Weight grams={grams} />}
        {of.handover_due_at !== undefined && <Due at={of.handover_due_at} late={isLate(of, Date.now())} />}
      </span>
    </div>
  );
}
