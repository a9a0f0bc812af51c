import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Day } from '../kit/values.tsx';
import { areaBody } from './area-body.ts';
import type { Area } from './areas.tsx';
import { datesBetween, hoursOf, textOfHours } from './hours-text.ts';
import { VISIT_WORDS } from './words.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** As many as an area may have (network/pickups/area-contract.ts). */
const MOST_EXCEPTIONS = 400;

function useChangeArea(area: Area, done?: () => void) {
  const t = useWords(VISIT_WORDS);
  return useAct(
    (change: Partial<Area>) =>
      api.put('/v1/pickup-areas/{area_id}', {
        params: { path: { area_id: area.id } },
        body: { ...areaBody(area), ...change },
      }),
    {
      touches: [['pickup-areas']],
      done: () => {
        toast('ok', t('hours.saved'));
        done?.();
      },
    },
  );
}

/** When couriers come on each day of the week; a day may have several spans, or none. */
export function WeeklyHours({ area }: { readonly area: Area }) {
  const t = useWords(VISIT_WORDS);
  const { weekday: name } = useFormats();
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const textOf = (weekday: number) =>
    typed[weekday] ?? textOfHours(area.working_hours.filter((one) => one.weekday === weekday));
  const read = WEEKDAYS.map((weekday) => ({ weekday, spans: hoursOf(textOf(weekday)) }));
  const act = useChangeArea(area, () => setTyped({}));
  const isClosedAlways = read.every((one) => one.spans?.length === 0);
  return (
    <Card title={t('hours.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (read.some((one) => one.spans === undefined) || isClosedAlways) return;
          act.mutate({
            working_hours: read.flatMap(({ weekday, spans }) =>
              (spans ?? []).map((span) => ({ weekday, ...span })),
            ),
          });
        }}
      >
        <p className="mb-3 text-soft">{t('hours.lead', { zone: area.zone })}</p>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
          {read.map(({ weekday, spans }) => (
            <Field
              key={weekday}
              label={name(weekday)}
              error={
                spans === undefined ? t('hours.wrong') : isClosedAlways ? t('hours.none_at_all') : undefined
              }
            >
              <Input
                value={textOf(weekday)}
                placeholder={t('hours.closed')}
                onText={(text) => setTyped({ ...typed, [weekday]: text })}
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

/** What single dates have instead: closed, or other hours. Windows that are booked already stay. */
export function Closures({ area }: { readonly area: Area }) {
  const t = useWords(VISIT_WORDS);
  const act = useChangeArea(area);
  const rows = area.exceptions.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return (
    <Card title={t('closure.title')}>
      {rows.length === 0 ? (
        <p className="text-soft">{t('closure.none')}</p>
      ) : (
        <Table
          label={t('closure.title')}
          rows={rows}
          rowId={(one) => one.date}
          columns={[
            { id: 'date', label: t('closure.date'), isName: true, cell: (one) => <Day of={one.date} /> },
            {
              id: 'hours',
              label: t('hours.title'),
              cell: (one) =>
                one.from_hour === undefined || one.to_hour === undefined
                  ? t('hours.closed')
                  : textOfHours([{ from_hour: one.from_hour, to_hour: one.to_hour }]),
            },
            {
              id: 'remove',
              label: t('closure.remove'),
              cell: (one) => (
                <Button
                  size="small"
                  busy={act.isPending}
                  onClick={() => act.mutate({ exceptions: area.exceptions.filter((other) => other !== one) })}
                >
                  {t('closure.remove')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {act.error && <Failure error={act.error} />}
      <NewClosure area={area} />
    </Card>
  );
}

function NewClosure({ area }: { readonly area: Area }) {
  const t = useWords(VISIT_WORDS);
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [hours, setHours] = useState('');
  const spans = hoursOf(hours);
  // One date has one span: the first that stands there counts (network/pickups/window.policy.ts).
  const span = spans?.[0] ?? {};
  const isWrong = spans === undefined || spans.length > 1;
  const act = useChangeArea(area, () => {
    setFirst('');
    setLast('');
    setHours('');
  });
  const errors = fieldErrors(act.error);
  return (
    <form
      className="mt-4 grid gap-4 sm:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrong) return;
        const dates = datesBetween(first, last === '' ? first : last, MOST_EXCEPTIONS);
        act.mutate({
          exceptions: [
            ...area.exceptions.filter((one) => !dates.includes(one.date)),
            ...dates.map((date) => ({ date, ...span })),
          ],
        });
      }}
    >
      <Field label={t('closure.first')}>
        <Input type="date" required value={first} onText={setFirst} />
      </Field>
      <Field label={t('closure.last')} hint={t('closure.last_hint')}>
        <Input type="date" min={first} value={last} onText={setLast} />
      </Field>
      <Field
        label={t('closure.hours')}
        hint={t('closure.hours_hint')}
        error={isWrong ? t('hours.wrong') : errors['/exceptions']}
      >
        <Input value={hours} placeholder={t('hours.closed')} onText={setHours} />
      </Field>
      <div className="grid justify-items-start gap-3 sm:col-span-3">
        {act.error && <Failure error={act.error} />}
        <Button type="submit" busy={act.isPending}>
          {t('closure.add')}
        </Button>
      </div>
    </form>
  );
}
