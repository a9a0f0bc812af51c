import { KeptNotice } from '../field/notices.tsx';
import { useAddressWord } from '../ground/address.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { cx } from '../kit/class-names.ts';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { useHere } from './here.tsx';
import { ParcelLine } from './parts.tsx';
import { type Shelf, useShelf } from './reads.ts';
import { isOverdue, type Lying, rowsOf } from './shelf.ts';
import { POINT_WORDS } from './words.ts';

const HELD: ReadonlySet<string> = new Set(['stored', 'exception', 'returning']);

/** What lies where: rows of the shelf, then the parcels of one. Works from what the device knows. */
export function ShelfMap() {
  const t = useWords(POINT_WORDS);
  const shelf = useShelf();
  return (
    <Page title={t('shelf.title')}>
      <Read of={shelf} rows={8}>
        {(answer) => <Rows shelf={answer} />}
      </Read>
    </Page>
  );
}

function Rows({ shelf }: { readonly shelf: Shelf }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const [place, setPlace] = useAddressWord('place');
  const [show, setShow] = useAddressWord('show');
  const held = shelf.parcels.filter((one) => HELD.has(one.state));
  const shown = held.filter(
    (one) => (place === '' || one.place === place) && (show === '' || one.state === show),
  );
  const rows = rowsOf(held);
  const free = Math.max(0, point.capacity.shelf - held.length);
  return (
    <>
      <KeptNotice of={{ ...shelf, value: undefined }} />
      <p className="mb-3 text-lg">{t('shelf.room', { parcels: held.length, free })}</p>
      {held.length === 0 && <Empty title={t('shelf.none')} hint={t('shelf.none_hint')} />}
      <ul className="mb-5 grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
        {rows.map((row) => (
          <li key={row.place}>
            <RowButton
              row={row}
              isChosen={row.place === place}
              onChoice={() => setPlace(row.place === place ? '' : row.place)}
            />
          </li>
        ))}
      </ul>
      {show !== '' && (
        <p className="mb-3">
          <Button size="large" onClick={() => setShow('')}>
            {t('shelf.all')}
          </Button>
        </p>
      )}
      <ul className="grid gap-2">
        {rowsOf(shown).flatMap((row) =>
          row.parcels.map((one) => (
            <li key={one.id}>
              <ParcelLine of={one} to={`/point/parcels/${one.id}`} />
            </li>
          )),
        )}
      </ul>
    </>
  );
}

function RowButton({
  row,
  isChosen,
  onChoice,
}: {
  readonly row: { readonly place: string; readonly parcels: readonly Lying[] };
  readonly isChosen: boolean;
  readonly onChoice: () => void;
}) {
  const t = useWords(POINT_WORDS);
  const isLate = row.parcels.some((one) => one.state !== 'stored' || isOverdue(one, Date.now()));
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoice}
      className={cx(
        'grid min-h-16 w-full cursor-pointer place-items-center rounded-md border-2 bg-card px-2 py-1',
        isChosen ? 'border-accent bg-accent-soft' : isLate ? 'border-warn' : 'border-edge',
      )}
    >
      <span className="number text-lg font-semibold">{row.place === '' ? '\u2013' : row.place}</span>
      <span className="text-sm text-soft">{t('shelf.parcels', { count: row.parcels.length })}</span>
    </button>
  );
}
