import { Link } from 'wouter';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { useLease } from './device.ts';
import type { HeldLease } from './lease.ts';
import { useShelf } from './reads.ts';
import { POINT_WORDS } from './words.ts';

const isLive = ({ until }: HeldLease) => Date.parse(until) > Date.now();

/** Whether this device hands out without a network, in one line. */
export function LeaseLine() {
  const t = useWords(POINT_WORDS);
  const { moment } = useFormats();
  const { lease } = useLease();
  return (
    <div className="mb-4">
      <Notice tone={lease !== undefined && isLive(lease) ? 'ok' : 'idle'}>
        {lease !== undefined && isLive(lease)
          ? t('lease.holds', { count: Object.keys(lease.hashes).length, until: moment(lease.until) })
          : t('lease.none')}{' '}
        <Link href="/point/me">{t('lease.change')}</Link>
      </Notice>
    </div>
  );
}

/** What this device may hand out without a network: take it, see it, let go of it. */
export function LeaseCard() {
  const t = useWords(POINT_WORDS);
  const { moment } = useFormats();
  const desk = useLease();
  const shelf = useShelf();
  const touches = [['kept']];
  const take = useAct<undefined, unknown>(desk.take, { touches });
  const release = useAct<undefined, unknown>(desk.release, { touches });
  const { lease } = desk;
  const held = (shelf.data?.parcels ?? []).filter((one) => lease?.hashes[one.id] !== undefined);
  return (
    <Card title={t('lease.title')}>
      <p className="mb-3 text-soft">{t('lease.hint')}</p>
      {lease !== undefined && (
        <div className="mb-3">
          <Notice tone={isLive(lease) ? 'ok' : 'warn'}>
            {isLive(lease)
              ? t('lease.holds', { count: Object.keys(lease.hashes).length, until: moment(lease.until) })
              : t('lease.over', { until: moment(lease.until) })}
          </Notice>
        </div>
      )}
      {held.length > 0 && (
        <details className="mb-3">
          <summary className="min-h-11 cursor-pointer py-2 font-medium">{t('lease.which')}</summary>
          <ul className="grid gap-1">
            {held.map((one) => (
              <li key={one.id} className="flex flex-wrap gap-x-3">
                <span className="number font-semibold">{one.place}</span>
                <span className="number wrap-anywhere">{one.number}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="grid gap-2">
        <Button size="large" look="primary" wide busy={take.isPending} onClick={() => take.mutate(undefined)}>
          {t(lease === undefined ? 'lease.take' : 'lease.renew')}
        </Button>
        {lease !== undefined && (
          <Button size="large" wide busy={release.isPending} onClick={() => release.mutate(undefined)}>
            {t('lease.release')}
          </Button>
        )}
      </div>
      {(take.error ?? release.error) && (
        <div className="mt-3">
          <Failure error={take.error ?? release.error} />
        </div>
      )}
    </Card>
  );
}
