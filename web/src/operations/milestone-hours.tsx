import type { components } from '@postroad/sdk';
import { useAddressWord } from '../ground/address.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { hoursUntil, sumByHour } from './hours.ts';
import { OPERATIONS_WORDS } from './words.ts';

type Hour = components['schemas']['MilestoneHour'];

/** How often a milestone was reached in each of the last 24 hours. */
export function MilestoneHours({ hours, at }: { readonly hours: readonly Hour[]; readonly at: string }) {
  const t = useWords(OPERATIONS_WORDS);
  const milestone = useWords(MILESTONE_WORDS);
  const { moment, number } = useFormats();
  const [chosen, setChosen] = useAddressWord('milestone');
  const reached = [...new Set(hours.map((one) => one.milestone))].sort();
  const counts = sumByHour(hours, hoursUntil(at), chosen === '' ? undefined : chosen);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title={t('hours.title')}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div className="screen-only w-64 max-w-full">
          <Field label={t('hours.milestone')}>
            <Select
              value={chosen}
              onChoice={setChosen}
              choices={[
                { value: '', label: t('all') },
                ...reached.map((one) => ({
                  value: one,
                  label: milestone(one as Parameters<typeof milestone>[0]),
                })),
              ]}
            />
          </Field>
        </div>
        <p className="text-soft">{t('hours.total', { count: total })}</p>
      </div>
      {/* A list is what a screen reader hears; the bars are its look. */}
      <ol className="flex h-36 items-end gap-[2px]" aria-label={t('hours.title')}>
        {counts.map(({ hour, count }) => (
          <li key={hour} className="flex h-full flex-1 items-end" title={`${moment(hour)}: ${number(count)}`}>
            <span className="sr-only">{`${moment(hour)}: ${number(count)}`}</span>
            <span
              aria-hidden="true"
              className={`w-full rounded-t-sm ${count === 0 ? 'bg-line' : 'bg-accent'}`}
              style={{ height: count === 0 ? 1 : `${Math.max(2, (count / most) * 100)}%` }}
            />
          </li>
        ))}
      </ol>
      <div className="mt-1 flex justify-between text-xs text-soft" aria-hidden="true">
        <span>{moment(counts[0]?.hour ?? at)}</span>
        <span>{moment(counts.at(-1)?.hour ?? at)}</span>
      </div>
    </Card>
  );
}
