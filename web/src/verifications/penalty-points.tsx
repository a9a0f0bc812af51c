import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Notice } from '../kit/status.tsx';
import { VERIFICATION_WORDS } from './words.ts';

/** How many points count against a merchant now; without an id against who looks. Nothing while it is not known. */
export function PenaltyPoints({ organisationId }: { readonly organisationId?: string }) {
  const t = useWords(VERIFICATION_WORDS);
  const { instant } = useFormats();
  const points = useRead(['penalty-points', organisationId ?? ''], (signal) =>
    api.get('/v1/penalty-points', {
      params: { query: organisationId === undefined ? {} : { organisation_id: organisationId } },
      signal,
    }),
  );
  if (points.data === undefined) return null;
  return (
    <div className="mb-4">
      <Notice tone={points.data.points === 0 ? 'ok' : 'warn'}>
        <p className="font-semibold">{t('points.year', { points: points.data.points })}</p>
        <p className="text-sm">{t('points.hint')}</p>
        {points.data.suspended_until !== undefined && (
          <p className="text-sm">{t('points.suspended', { until: instant(points.data.suspended_until) })}</p>
        )}
      </Notice>
    </div>
  );
}
