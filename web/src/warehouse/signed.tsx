import { useKept } from '../field/kept.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { WAREHOUSE_WORDS } from './words.ts';

const TONES: Readonly<Record<number, Tone>> = { 0: 'ok', 2: 'bad', 3: 'warn', 5: 'bad' };

/** What the server found when it was signed: 0 in order, 2 missing, 3 surplus, 5 other. */
export function Signed({ id }: { readonly id: string }) {
  const t = useWords(WAREHOUSE_WORDS);
  const found = useKept(['handover', id, 'differences'], (signal) =>
    api.get('/v1/handovers/{handover_id}/differences', { params: { path: { handover_id: id } }, signal }),
  );
  return (
    <Card title={t('signed.title')}>
      <Read of={found}>
        {({ value }) => (
          <ul className="grid divide-y divide-line">
            {value.data.map((one) => (
              <li
                key={`${one.number} ${one.code}`}
                className="flex min-h-10 flex-wrap items-center justify-between gap-2 py-1"
              >
                <span className="number">{one.number}</span>
                <Status tone={TONES[one.code] ?? 'idle'}>{t('signed.code', { code: one.code })}</Status>
              </li>
            ))}
          </ul>
        )}
      </Read>
    </Card>
  );
}
