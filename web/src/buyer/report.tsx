import { type FormEvent, useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Select, Textarea } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { whenOf } from './phrases.ts';
import type { BuyerParcel, Question } from './question.ts';
import { BUYER_WORDS } from './words.ts';

type Report = BuyerParcel['reports'][number];
const KINDS = [
  'not_delivered_to_me',
  'delivered_elsewhere',
  'not_ordered',
  'wrong_place_or_time',
  'damaged',
  'other',
] as const satisfies readonly Report['kind'][];
const TONES = { open: 'move', answered: 'ok', closed: 'idle' } as const;

/** What is not right, said with one tap and a choice; and what became of it. Once for each state of the parcel. */
export function Reports({
  parcel,
  position,
  question,
  onReported,
}: {
  readonly parcel: BuyerParcel;
  /** Which of the parcels behind the number. */
  readonly position: number;
  readonly question: Question;
  readonly onReported: () => void;
}) {
  const t = useWords(BUYER_WORDS);
  const [opened, setOpened] = useState<Report['kind']>();
  const isSaid = parcel.reports.some(({ is_current: isCurrent }) => isCurrent);
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h2 className="text-lg font-semibold">{t('report.title')}</h2>
      {parcel.reports.length > 0 && <Made reports={parcel.reports} />}
      {isSaid ? (
        <p className="mt-2 text-sm text-soft">{t('report.once')}</p>
      ) : opened === undefined ? (
        <div className="screen-only mt-3">
          <Button
            onClick={() =>
              setOpened(parcel.status === 'delivered' ? 'not_delivered_to_me' : 'wrong_place_or_time')
            }
          >
            {t('report.open')}
          </Button>
        </div>
      ) : (
        <ReportForm
          {...{ parcel, position, question, first: opened }}
          onDone={() => {
            setOpened(undefined);
            onReported();
          }}
        />
      )}
    </section>
  );
}

function Made({ reports }: { readonly reports: readonly Report[] }) {
  const t = useWords(BUYER_WORDS);
  const { instant } = useFormats();
  return (
    <ul className="mt-3 grid gap-3">
      {reports.map((one) => (
        <li key={one.reported_at} className="border-l-4 border-line pl-3">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {t(`report.kind.${one.kind}`)}
            <Status tone={TONES[one.state]}>{t(`report.state.${one.state}`)}</Status>
          </p>
          <p className="text-sm text-soft">{instant(one.reported_at)}</p>
          {one.answer !== undefined && one.answered_by !== undefined && (
            <p className="mt-1 wrap-anywhere">
              {t('report.answer', { who: t(`report.by.${one.answered_by}`), text: one.answer })}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function ReportForm({
  parcel,
  position,
  question,
  first,
  onDone,
}: {
  readonly parcel: BuyerParcel;
  readonly position: number;
  readonly question: Question;
  readonly first: Report['kind'];
  readonly onDone: () => void;
}) {
  const t = useWords(BUYER_WORDS);
  const m = useWords(MILESTONE_WORDS);
  const formats = useFormats();
  const [kind, setKind] = useState<Report['kind']>(first);
  const [about, setAbout] = useState('');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const step = about === '' ? undefined : parcel.steps[Number(about)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const said = text.trim();
    api
      .post('/v1/track/reports', {
        body: {
          ...question,
          kind,
          parcel: position,
          ...(said === '' ? {} : { text: said }),
          ...(step && { step: { milestone: step.milestone, occurred_at: step.occurred_at } }),
        },
      })
      .then(onDone, (failure: unknown) => {
        setError(failure);
        setBusy(false);
      });
  };
  return (
    <form onSubmit={submit} className="screen-only mt-3 grid gap-4">
      <Choices
        legend={t('report.what')}
        value={kind}
        onChoice={setKind}
        choices={KINDS.map((value) => ({ value, label: t(`report.kind.${value}`) }))}
      />
      <Field label={t('report.about')}>
        <Select
          value={about}
          onChoice={setAbout}
          choices={[
            { value: '', label: t(`state.${parcel.status}`) },
            ...parcel.steps.map((one, index) => ({
              value: `${index}`,
              label: `${m(one.milestone)} · ${whenOf(one, t, formats)}`,
            })),
          ]}
        />
      </Field>
      <Field label={t('report.text')} hint={t('report.text_hint')}>
        <Textarea value={text} onText={setText} maxLength={500} rows={2} />
      </Field>
      {error !== undefined && <Failure error={error} />}
      <Notice tone="idle">{t('report.who_reads')}</Notice>
      <span>
        <Button type="submit" look="primary" busy={busy}>
          {t('report.send')}
        </Button>
      </span>
    </form>
  );
}
