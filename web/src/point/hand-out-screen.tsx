import { useState } from 'react';
import { KeptNotice } from '../field/notices.tsx';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn, plainCode } from '../field/scanned.ts';
import { useAddressWord } from '../ground/address.ts';
import { isProblem } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { writtenCodeIn } from './codes.ts';
import { useLease } from './device.ts';
import { parcelOfCode, parcelsOfNumber } from './hand-out.ts';
import { HandOutForm } from './hand-out-form.tsx';
import { useHere } from './here.tsx';
import { hashOf, parcelOfHash } from './lease.ts';
import { LeaseLine } from './lease-card.tsx';
import { Lines, ParcelLine } from './parts.tsx';
import { type Shelf, useShelf } from './reads.ts';
import { RecentHandOuts } from './recent.tsx';
import { saidOf } from './shelf.ts';
import type { ShelfParcel } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** Somebody fetches a parcel: by his code, by the number, or by his name when he knows neither. */
export function HandOut() {
  const t = useWords(POINT_WORDS);
  const shelf = useShelf();
  return (
    <Page title={t('hand_out.title')} lead={t('hand_out.lead')}>
      <Read of={shelf} rows={6}>
        {(answer) => <Counter shelf={answer} />}
      </Read>
    </Page>
  );
}

type Said = { readonly text: string; readonly code: string | undefined };

function Counter({ shelf }: { readonly shelf: Shelf }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const { lease } = useLease();
  const [chosen, setChosen] = useAddressWord('parcel');
  const [said, setSaid] = useState<Said>();
  const [error, setError] = useState<unknown>();
  const [gone, setGone] = useState<readonly ShelfParcel[]>([]);
  const waiting = shelf.parcels.filter((one) => one.state === 'stored');
  const parcel = waiting.find((one) => one.id === chosen);
  /** One that came since the list was read is read first. */
  const choose = async (id: string) => {
    if (!waiting.some((one) => one.id === id))
      await queryClient.invalidateQueries({ queryKey: ['kept', 'shelf'] });
    setChosen(id);
  };
  const onCode = async (text: string) => {
    setError(undefined);
    setGone([]);
    const number = numberIn(
      text,
      waiting.map((one) => one.number),
    );
    const code = number === undefined ? writtenCodeIn(text) : undefined;
    setSaid({ text, code });
    if (number !== undefined) return setChosen(waiting.find((one) => one.number === number)?.id ?? '');
    setChosen('');
    try {
      if (code === undefined) {
        const found = await parcelsOfNumber(point.id, plainCode(text));
        const fresh = found.find((one) => one.state === 'stored');
        if (fresh === undefined) return setGone(found);
        return choose(fresh.id);
      }
      const byHash = async () => lease && parcelOfHash(lease, await hashOf(lease, code));
      const id = await parcelOfCode(point.id, code, byHash);
      if (id !== undefined) await choose(id);
    } catch (failed) {
      if (isProblem(failed)) setError(failed);
    }
  };
  const next = () => {
    setSaid(undefined);
    setChosen('');
  };
  const alike = said === undefined || parcel !== undefined ? [] : saidOf(waiting, said.text);
  return (
    <>
      <KeptNotice of={{ ...shelf, value: undefined }} />
      <ScanBox onCode={(text) => void onCode(text)} />
      {error !== undefined && <Failure error={error} />}
      {parcel !== undefined ? (
        <HandOutForm
          key={`${parcel.id} ${said?.code}`}
          parcel={parcel}
          said={said?.code ?? ''}
          onDone={next}
        />
      ) : (
        <>
          {said !== undefined && alike.length + gone.length === 0 && error === undefined && (
            <div className="mb-4">
              <Notice tone="bad">
                {t(/^\d{4,8}$/.test(said.text) ? 'hand_out.which' : 'hand_out.unknown', { said: said.text })}
              </Notice>
            </div>
          )}
          <LeaseLine />
          <Lines title={t('hand_out.alike')}>
            {alike.slice(0, 20).map((one) => (
              <li key={one.id}>
                <ParcelLine of={one} to={`/point/hand-out?parcel=${one.id}`} />
              </li>
            ))}
          </Lines>
          <Lines title={t('hand_out.gone')}>
            {gone.map((one) => (
              <li key={one.id}>
                <ParcelLine of={one} to={`/point/parcels/${one.id}`} />
              </li>
            ))}
          </Lines>
          <RecentHandOuts />
        </>
      )}
    </>
  );
}
