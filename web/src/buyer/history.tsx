import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Badge, type Tone } from '../kit/status.tsx';
import { Timeline } from '../kit/timeline.tsx';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { dayText, placeText, whenOf } from './phrases.ts';
import type { BuyerParcel } from './question.ts';
import { daysBetween } from './times.ts';
import { BUYER_WORDS } from './words.ts';

type Step = BuyerParcel['steps'][number];

/** Trouble and the end; the rest is movement. */
const TONES: Partial<Record<Step['milestone'], Tone>> = {
  delivered: 'ok',
  at_point: 'warn',
  pickup_failed: 'warn',
  delivery_attempted: 'warn',
  export_customs_held: 'warn',
  import_customs_held: 'warn',
  refused: 'bad',
  exception: 'bad',
  damaged: 'bad',
  lost: 'bad',
  disposed: 'bad',
  cancelled: 'idle',
  order_created: 'idle',
  returning: 'warn',
  returned: 'warn',
};

export function History({ parcel }: { readonly parcel: BuyerParcel }) {
  const t = useWords(BUYER_WORDS);
  const m = useWords(MILESTONE_WORDS);
  const formats = useFormats();
  const { steps } = parcel;
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="mb-3 text-lg font-semibold">{t('history.title')}</h2>
      {steps.length === 0 ? (
        <p className="text-soft">{t('history.none')}</p>
      ) : (
        <>
          <Timeline
            steps={steps.map((step, index) => ({
              id: `${index}`,
              tone: step.verified ? (TONES[step.milestone] ?? 'move') : 'idle',
              title: (
                <span className="flex flex-wrap items-center gap-2">
                  {m(step.milestone)}
                  {!step.verified && <Badge>{t('unverified')}</Badge>}
                  {step.synthetic && <Badge>{t('synthetic')}</Badge>}
                </span>
              ),
              when: <time dateTime={step.occurred_at}>{whenOf(step, t, formats)}</time>,
              detail: [placeText(step.place, t, formats), t(`said.${step.said_by}`)]
                .filter((part) => part !== undefined)
                .join(' · '),
            }))}
          />
          {parcel.earlier_steps > 0 && (
            <p className="text-sm text-soft">{t('history.earlier', { count: parcel.earlier_steps })}</p>
          )}
          <p className="text-sm text-soft">{t('history.zone')}</p>
          {steps.some(({ verified }) => !verified) && (
            <p className="text-sm text-soft">{t('history.unverified_note')}</p>
          )}
        </>
      )}
    </section>
  );
}

/** The way in legs, oldest first; the last one is where it is. */
export function Legs({ parcel, readAt }: { readonly parcel: BuyerParcel; readonly readAt: string }) {
  const t = useWords(BUYER_WORDS);
  const formats = useFormats();
  if (parcel.legs.length === 0) return null;
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="mb-3 text-lg font-semibold">{t('legs.title')}</h2>
      <ol className="grid gap-3">
        {parcel.legs.map((leg) => {
          const [from, to] = [placeText(leg.from, t, formats), placeText(leg.to, t, formats)];
          const way =
            from !== undefined && to !== undefined && from !== to
              ? t('leg.between', { from, to })
              : (to ?? from);
          const dayOf = (at: string, zone: string | undefined) => dayText(at, zone, t, formats);
          const started = dayOf(leg.started_at, leg.started_zone);
          const ended = leg.ended_at === undefined ? undefined : dayOf(leg.ended_at, leg.ended_zone);
          const days = daysBetween(leg.started_at, leg.ended_at ?? readAt);
          return (
            <li
              key={`${leg.leg} ${leg.started_at}`}
              aria-current={
                leg.ended_at === undefined && parcel.delivered_at === undefined ? 'step' : undefined
              }
              className="grid gap-x-4 border-l-4 border-line pl-3 aria-[current]:border-accent sm:grid-cols-[11rem_1fr]"
            >
              <span className="font-medium">{t(`leg.${leg.leg}`)}</span>
              <span className="text-soft">
                {way !== undefined && <span className="block text-ink">{way}</span>}
                {ended === undefined
                  ? t('leg.now', { from: started })
                  : ended === started
                    ? started
                    : t('leg.span', { from: started, to: ended })}
                {' · '}
                {t('leg.duration', { days })}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
