import { useEffect, useState } from 'react';
import { KeptNotice } from '../field/notices.tsx';
import { record } from '../field/queue.ts';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn, plainCode } from '../field/scanned.ts';
import { useAddressWord } from '../ground/address.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { scannedPlaceIn } from './codes.ts';
import { deviceId } from './device.ts';
import { useHere } from './here.tsx';
import { Lines, ParcelLine } from './parts.tsx';
import { type Placed, PlaceForm } from './place-form.tsx';
import { type Shelf, useShelf } from './reads.ts';
import { RecentLine, useRecent } from './recent.tsx';
import { aboutNumber } from './shelf.ts';
import type { PointTask } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** A parcel comes: scan it, scan the shelf, write the code on it. The next one begins with its scan. */
export function TakeIn() {
  const t = useWords(POINT_WORDS);
  const shelf = useShelf();
  return (
    <Page title={t('take_in.title')} lead={t('take_in.lead')}>
      <Read of={shelf} rows={6}>
        {(answer) => <Desk shelf={answer} />}
      </Read>
    </Page>
  );
}

function Desk({ shelf }: { readonly shelf: Shelf }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const [number, setNumber] = useAddressWord('number');
  const [place, setPlace] = useState('');
  const [isBusy, setBusy] = useState(false);
  const expected = shelf.parcels.filter((one) => one.state === 'announced');
  const parcel = expected.find((one) => one.number === number);
  const lying = shelf.parcels.find((one) => one.number === number && one.state !== 'announced');
  const store = async (placed: Placed) => {
    setBusy(true);
    const action = { kind: 'store', number, ...placed } as const;
    const task: PointTask = { kind: 'store', pointId: point.id, deviceId: deviceId(), action };
    await record({ about: aboutNumber(number), label: number, task }).finally(() => setBusy(false));
    setPlace(placed.place);
    setNumber('');
  };
  const onCode = (code: string) => {
    const row = scannedPlaceIn(point.kind, code);
    const isNumber = numberIn(
      code,
      expected.map((one) => one.number),
    );
    // The label of a shelf after that of a parcel: nothing more is to be said of one that was announced.
    if (parcel !== undefined && row !== undefined && isNumber === undefined) void store({ place: row });
    else setNumber(isNumber ?? plainCode(code));
  };
  // Without a parcel in hand the last one's code stands at the top.
  useEffect(() => {
    if (number !== '') scrollTo({ top: 0 });
  }, [number]);
  return (
    <>
      <KeptNotice of={{ ...shelf, value: undefined }} />
      <ScanBox onCode={onCode} />
      {number !== '' && lying !== undefined && (
        <div className="mb-4">
          <Notice tone="warn">{t('take_in.lies', { number, place: lying.place ?? '' })}</Notice>
        </div>
      )}
      {number !== '' && lying === undefined && (
        <PlaceForm
          key={number}
          number={number}
          parcel={parcel}
          lastPlace={place}
          isBusy={isBusy}
          onPlaced={(placed) => void store(placed)}
        />
      )}
      <Recent />
      {number === '' && (
        <Lines title={t('today.expected')}>
          {expected.map((one) => (
            <li key={one.id}>
              <ParcelLine of={one} to={`/point/take-in?number=${encodeURIComponent(one.number)}`} />
            </li>
          ))}
        </Lines>
      )}
    </>
  );
}

/** What was taken in last on this device, with the codes that are to be written. */
function Recent() {
  const t = useWords(POINT_WORDS);
  const stored = useRecent('store');
  return (
    <Lines title={t('take_in.recent')}>
      {stored.map((one, index) => (
        <li key={one.seq}>
          <RecentLine of={one} isNewest={index === 0} />
        </li>
      ))}
    </Lines>
  );
}
