import { useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { fieldErrors } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { datesBetween, spansOf, textOfSpans } from '../outlets/hours-text.ts';
import { OutletExceptions } from '../outlets/outlet-record.tsx';
import type { Outlet } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { useChangeOutlet } from './change.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** As many as an outlet may have (network/points/contract.ts). */
const MOST_EXCEPTIONS = 400;

/** The week of an outlet, and the dates that differ from it. */
export function HoursEditor({ outlet }: { readonly outlet: Outlet }) {
  return (
    <>
      <Week outlet={outlet} />
      <OtherDays outlet={outlet} />
    </>
  );
}

function Week({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const { weekday } = useFormats();
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const textOf = (day: number) => typed[day] ?? textOfSpans(outlet.hours.filter((one) => one.day === day));
  const read = WEEKDAYS.map((day) => ({ day, spans: spansOf(textOf(day)) }));
  const isWrong = read.some(({ spans }) => spans === undefined);
  const act = useChangeOutlet(outlet, () => setTyped({}));
  return (
    <Card title={t('hours.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong) return;
          act.mutate({
            hours: read.flatMap(({ day, spans }) => (spans ?? []).map((span) => ({ day, ...span }))),
          });
        }}
      >
        <p className="mb-3 text-soft">{t('hours.lead', { zone: outlet.zone })}</p>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
          {read.map(({ day, spans }) => (
            <Field key={day} label={weekday(day)} error={spans === undefined ? t('hours.wrong') : undefined}>
              <Input
                value={textOf(day)}
                placeholder={t('hours.closed')}
                onText={(text) => setTyped({ ...typed, [day]: text })}
              />
            </Field>
          ))}
        </div>
        <div className="mt-4 grid justify-items-start gap-3">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('hours.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function OtherDays({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const act = useChangeOutlet(outlet);
  return (
    <Card title={o('hours.exceptions')}>
      {outlet.exceptions.length === 0 ? (
        <p className="text-soft">{o('hours.exceptions.none')}</p>
      ) : (
        <OutletExceptions
          of={outlet.exceptions}
          action={(one) => (
            <Button
              size="small"
              busy={act.isPending}
              onClick={() =>
                act.mutate({ exceptions: outlet.exceptions.filter(({ date }) => date !== one.date) })
              }
            >
              {t('hours.remove')}
            </Button>
          )}
        />
      )}
      {act.error && <Failure error={act.error} />}
      <NewDays outlet={outlet} />
    </Card>
  );
}

const NO_DAYS = { first: '', last: '', hours: '', reason: '' };

function NewDays({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [draft, setDraft] = useState(NO_DAYS);
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const spans = spansOf(draft.hours);
  const act = useChangeOutlet(outlet, () => setDraft(NO_DAYS));
  const errors = fieldErrors(act.error);
  return (
    <form
      className="screen-only mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (spans === undefined) return;
        const dates = datesBetween(draft.first, draft.last || draft.first, MOST_EXCEPTIONS);
        const reason = draft.reason.trim() === '' ? {} : { reason: draft.reason.trim() };
        act.mutate({
          exceptions: [
            ...outlet.exceptions.filter((one) => !dates.includes(one.date)),
            ...dates.map((date) => ({ date, hours: [...spans], ...reason })),
          ],
        });
      }}
    >
      <Field label={t('hours.first')}>
        <Input type="date" required value={draft.first} onText={(first) => set({ first })} />
      </Field>
      <Field label={t('hours.last')} hint={t('hours.last_hint')}>
        <Input type="date" min={draft.first} value={draft.last} onText={(last) => set({ last })} />
      </Field>
      <Field
        label={t('hours.instead')}
        hint={t('hours.instead_hint')}
        error={spans === undefined ? t('hours.wrong') : errors['/exceptions']}
      >
        <Input value={draft.hours} placeholder={t('hours.closed')} onText={(hours) => set({ hours })} />
      </Field>
      <Field label={t('hours.reason')}>
        <Input maxLength={100} value={draft.reason} onText={(reason) => set({ reason })} />
      </Field>
      <div className="grid justify-items-start gap-3 sm:col-span-2 lg:col-span-4">
        {act.error && <Failure error={act.error} />}
        <Button type="submit" busy={act.isPending}>
          {t('hours.add')}
        </Button>
      </div>
    </form>
  );
}
