import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { CARRIER_WORDS } from './words.ts';

/** As the standard has it, and what this network adds (network/epcis). */
type Job = {
  readonly running: boolean;
  readonly success: boolean;
  readonly errors: readonly { readonly detail: string; readonly instance: string }[];
  readonly postroad: {
    readonly events: number;
    readonly scans: { readonly accepted: number; readonly duplicates: number; readonly refused: number };
  };
};

/** A document of EPCIS is captured by a job; its result comes when that is through. */
export function CaptureResult({ id }: { readonly id: string }) {
  const t = useWords(CARRIER_WORDS);
  const { number } = useFormats();
  const job = useRead(
    ['epcis-capture', id],
    async (signal) =>
      (await api.get('/epcis/capture/{capture_id}', {
        params: { path: { capture_id: id } },
        signal,
      })) as unknown as Job,
    { everyMs: 2_000 },
  );
  return (
    <Card title={t('scan.capture')}>
      <Read of={job} rows={2}>
        {({ running, success, errors, postroad: { events, scans } }) => (
          <>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <Status tone={running ? 'move' : success && errors.length === 0 ? 'ok' : 'bad'}>
                {t(running ? 'scan.capture.running' : success ? 'scan.capture.done' : 'scan.capture.failed')}
              </Status>
              <span>{t('scan.capture.events', { count: events })}</span>
              {(['accepted', 'duplicates', 'refused'] as const).map((one) => (
                <span key={one}>
                  {t(one === 'duplicates' ? 'scan.duplicate' : `scan.${one}`)}: {number(scans[one])}
                </span>
              ))}
            </p>
            {errors.length > 0 && (
              <ul className="mt-2 grid gap-0.5 text-sm text-bad">
                {errors.map((one) => (
                  <li key={`${one.instance} ${one.detail}`} className="wrap-anywhere">
                    <span className="number">{one.instance}</span> {one.detail}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Read>
    </Card>
  );
}
