import { useState } from 'react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { DoorMailings } from './mailings.tsx';
import { ShownVisit } from './shown-state.tsx';
import type { Pickup } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

/** A courier has fewer open visits than a page holds. */
const ALL = 100;

export function usePickups() {
  return useKept<readonly Pickup[]>(
    ['pickups'],
    async (signal) =>
      (await api.get('/v1/courier/pickups', { params: { query: { limit: ALL } }, signal })).data,
    { everyMs: 60_000 },
  );
}

export function Pickups() {
  const t = useWords(COURIER_WORDS);
  const f = useWords(FIELD_WORDS);
  const pickups = usePickups();
  const [unknown, setUnknown] = useState<string>();
  const onCode = (code: string) => {
    const found = pickups.data?.value.find(
      (pickup) =>
        numberIn(
          code,
          pickup.parcels.map((parcel) => parcel.number),
        ) !== undefined,
    );
    if (found === undefined) setUnknown(code);
    else navigate(`/courier/pickups/${found.id}`);
  };
  return (
    <Page title={t('pickups.title')} lead={t('pickups.lead')}>
      <Read of={pickups} rows={6}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            {answer.value.length === 0 ? (
              <Empty title={t('pickups.none')} hint={t('pickups.none_hint')} />
            ) : (
              <>
                <ScanBox onCode={onCode} />
                {unknown !== undefined && (
                  <div className="mb-4">
                    <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
                  </div>
                )}
                <ul className="grid gap-2">
                  {answer.value.toSorted(byWindow).map((pickup) => (
                    <li key={pickup.id}>
                      <PickupLine pickup={pickup} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Read>
      <DoorMailings />
    </Page>
  );
}

const byWindow = (a: Pickup, b: Pickup) => a.window.starts_at.localeCompare(b.window.starts_at);

function PickupLine({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(COURIER_WORDS);
  return (
    <Link
      href={`/courier/pickups/${pickup.id}`}
      className="grid min-h-16 gap-1 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-2">
        <span className="text-lg font-medium">
          {pickup.sender?.company ?? pickup.sender?.name ?? pickup.place.city}
        </span>
        <ShownVisit pickup={pickup} />
      </span>
      <span className="text-soft">
        <Moment at={pickup.window.starts_at} /> – <Moment at={pickup.window.ends_at} />
      </span>
      <span className="text-soft">
        {[pickup.place.postcode, pickup.place.city].filter(Boolean).join(' ')} ·{' '}
        {t('pickups.parcels', { count: pickup.parcels.length })}
      </span>
    </Link>
  );
}
