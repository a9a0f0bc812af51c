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
import { HandoverState } from '../parcels/states.tsx';
import type { Handover } from './tasks.ts';
import { WAREHOUSE_WORDS } from './words.ts';

const EXPECTED: ReadonlySet<Handover['state']> = new Set([
  'committed',
  'awaiting_pickup',
  'pickup',
  'pickup_failed',
  'arrived',
]);

/** What is announced to this warehouse, and what was counted. */
export function Arrivals() {
  const t = useWords(WAREHOUSE_WORDS);
  const f = useWords(FIELD_WORDS);
  const [unknown, setUnknown] = useState<string>();
  const handovers = useKept<readonly Handover[]>(
    ['handovers'],
    async (signal) => {
      const all = await Array.fromAsync(api.listAll('/v1/handovers', { signal }));
      // A draft is its merchant's alone.
      return all.filter((one) => one.state !== 'draft');
    },
    { everyMs: 60_000 },
  );
  const all = handovers.data?.value ?? [];
  const onCode = (code: string) => {
    const number = numberIn(
      code,
      all.map((one) => one.number),
    );
    const found = all.find((one) => one.number === number);
    if (found === undefined) setUnknown(code);
    else navigate(`/warehouse/handovers/${found.id}`);
  };
  return (
    <Page title={t('arrivals.title')} lead={t('arrivals.lead')}>
      <Read of={handovers} rows={6}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            {all.length === 0 ? (
              <Empty title={t('arrivals.none')} hint={t('arrivals.none_hint')} />
            ) : (
              <>
                <ScanBox onCode={onCode} />
                {unknown !== undefined && (
                  <div className="mb-4">
                    <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
                  </div>
                )}
                <HandoverLines
                  label={t('arrivals.expected')}
                  handovers={all.filter((one) => EXPECTED.has(one.state))}
                />
                <HandoverLines
                  label={t('arrivals.counted')}
                  handovers={all.filter((one) => !EXPECTED.has(one.state))}
                />
              </>
            )}
          </>
        )}
      </Read>
    </Page>
  );
}

function HandoverLines({
  label,
  handovers,
}: {
  readonly label: string;
  readonly handovers: readonly Handover[];
}) {
  const t = useWords(WAREHOUSE_WORDS);
  if (handovers.length === 0) return null;
  return (
    <section className="mb-5">
      <h2 className="mb-2 text-lg font-semibold">{label}</h2>
      <ul className="grid gap-2">
        {handovers.map((one) => (
          <li key={one.id}>
            <Link
              href={`/warehouse/handovers/${one.id}`}
              className="grid min-h-16 gap-1 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
            >
              <span className="flex flex-wrap items-center justify-between gap-x-2">
                <span className="number text-lg font-medium">{one.number}</span>
                <HandoverState of={one.state} />
              </span>
              <span className="flex flex-wrap gap-x-3 text-soft">
                <span>{t(`arrivals.kind.${one.kind}`)}</span>
                <span>{t('arrivals.parcels', { count: one.parcel_count })}</span>
                <Moment at={one.changed_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
