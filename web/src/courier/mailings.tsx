import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useKept } from '../field/kept.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { COURIER_WORDS } from './words.ts';

export type DoorMailing = components['schemas']['MailingVisit'];

/** Doors at which a courier fetches what persons send. */
export function useDoorMailings() {
  return useKept<readonly DoorMailing[]>(
    ['door-mailings'],
    async (signal) => (await api.get('/v1/door-mailings', { signal })).data,
    { everyMs: 60_000 },
  );
}

export const placeOf = ({ place }: DoorMailing): string =>
  [place.postcode, place.city].filter(Boolean).join(' ');

/** Beside the visits to merchants: who sends a parcel from his home. */
export function DoorMailings() {
  const t = useWords(COURIER_WORDS);
  const { span, weight } = useFormats();
  const doors = useDoorMailings().data?.value ?? [];
  if (doors.length === 0) return null;
  return (
    <div className="mt-4">
      <Card title={t('mailings.title')}>
        <ul className="grid gap-2">
          {doors.map((one) => (
            <li key={one.id}>
              <Link
                href={`/courier/mailings/${one.id}`}
                className="grid min-h-16 gap-1 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
              >
                <span className="text-lg font-medium">{placeOf(one)}</span>
                <span className="text-soft">{span(one.starts_at, one.ends_at)}</span>
                <span className="text-soft">{weight(one.weight_grams)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
