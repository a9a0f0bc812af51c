import type { components } from '@postroad/sdk';
import { useEffect, useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { type KeptAnswer, useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { useHere } from './here.tsx';
import { POINT_WORDS } from './words.ts';

type Published = components['schemas']['PublishedPointCapacity'];
type Slots = components['schemas']['PointSlots'];
const HOURS = 12;
const STEP = 10;

/** How much the counter takes on: the slider for now, the hours ahead, and a pause. */
export function Capacity() {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const params = { path: { point_id: point.id } };
  const published = useKept<Published>(['capacity', point.id], (signal) =>
    api.get('/v1/points/{point_id}/capacity', { params, signal }),
  );
  const slots = useKept<Slots>(['slots', point.id], (signal) =>
    api.get('/v1/points/{point_id}/slots', { params: { ...params, query: { hours: HOURS } }, signal }),
  );
  return (
    <Page title={t('capacity.title')} lead={t('capacity.lead')}>
      <Read of={published} rows={4}>
        {(answer) => <Slider key={answer.value.accept_percent} answer={answer} />}
      </Read>
      <Pause />
      <Read of={slots} rows={8}>
        {(answer) => <Hours slots={answer.value} />}
      </Read>
    </Page>
  );
}

type Until = 'today' | 'open';

function Slider({ answer }: { readonly answer: KeptAnswer<Published> }) {
  const t = useWords(POINT_WORDS);
  const { percent, moment } = useFormats();
  const { point } = useHere();
  const [accept, setAccept] = useState(answer.value.accept_percent);
  const [until, setUntil] = useState<Until>('today');
  const set = useAct<undefined, unknown>(
    () =>
      api.put('/v1/points/{point_id}/acceptance', {
        params: { path: { point_id: point.id } },
        body: {
          accept_percent: accept,
          ...(until === 'today' ? { accept_until: endOfDay(new Date()).toISOString() } : {}),
        },
      }),
    { touches: [['kept']], done: () => toast('ok', t('capacity.set')) },
  );
  return (
    <Card>
      <KeptNotice of={answer} />
      <label htmlFor="accept" className="mb-1 block font-medium">
        {t('capacity.accept', { share: percent(accept / 100) })}
      </label>
      <input
        id="accept"
        type="range"
        min={0}
        max={100}
        step={STEP}
        value={accept}
        onChange={(event) => setAccept(Number(event.target.value))}
        className="mb-3 h-12 w-full accent-accent"
      />
      {answer.value.accept_until !== undefined && (
        <p className="mb-3 text-soft">
          {t('capacity.now_until', {
            share: percent(answer.value.accept_percent / 100),
            until: moment(answer.value.accept_until),
          })}
        </p>
      )}
      <div className="grid gap-3">
        <BigChoices
          legend={t('capacity.until')}
          value={until}
          onChoice={setUntil}
          columns={2}
          choices={(['today', 'open'] as const).map((value) => ({
            value,
            label: t(`capacity.until.${value}`),
          }))}
        />
        {set.error && <Failure error={set.error} />}
        <Button look="primary" size="large" wide busy={set.isPending} onClick={() => set.mutate(undefined)}>
          {t('capacity.go')}
        </Button>
      </div>
    </Card>
  );
}

/** Of the device's own day: it lies at the counter. */
function endOfDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
}

type PauseReason = 'holiday' | 'renovation' | 'illness' | 'emergency' | 'other';
const REASONS = everyWord<PauseReason>({
  holiday: true,
  renovation: true,
  illness: true,
  emergency: true,
  other: true,
});

/** Nobody is sent here until it is over; what waits here is handed out all the same. */
function Pause() {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  const { point } = useHere();
  const { moment } = useFormats();
  const [reason, setReason] = useState<PauseReason>();
  const params = { path: { point_id: point.id } };
  const touches = [['kept']];
  const pause = useAct<PauseReason, unknown>(
    (why) => api.post('/v1/points/{point_id}/pause', { params, body: { reason: why } }),
    { touches },
  );
  const resume = useAct<undefined, unknown>(() => api.post('/v1/points/{point_id}/resumption', { params }), {
    touches,
  });
  useEffect(() => {
    if (pause.isSuccess) setReason(undefined);
  }, [pause.isSuccess]);
  if (!may('pausePoint')) return null;
  const error = pause.error ?? resume.error;
  return (
    <Card title={t('pause.title')}>
      {error && (
        <div className="mb-3">
          <Failure error={error} />
        </div>
      )}
      {point.paused_from !== undefined ? (
        <div className="grid gap-3">
          <Notice tone="warn">
            {point.paused_until === undefined
              ? t('pause.since', { from: moment(point.paused_from) })
              : t('pause.until', { from: moment(point.paused_from), until: moment(point.paused_until) })}
          </Notice>
          <Button size="large" wide busy={resume.isPending} onClick={() => resume.mutate(undefined)}>
            {t('pause.resume')}
          </Button>
        </div>
      ) : (
        <div className="grid gap-3">
          <p className="text-soft">{t('pause.hint')}</p>
          <BigChoices
            legend={t('pause.why')}
            value={reason}
            onChoice={setReason}
            columns={2}
            choices={REASONS.map((value) => ({ value, label: t(`pause.${value}`) }))}
          />
          <Button
            look="danger"
            size="large"
            wide
            disabled={reason === undefined}
            busy={pause.isPending}
            onClick={() => reason !== undefined && pause.mutate(reason)}
          >
            {t('pause.go')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Hours({ slots }: { readonly slots: Slots }) {
  const t = useWords(POINT_WORDS);
  const { moment } = useFormats();
  const open = slots.slots.filter((one) => one.state !== 'closed');
  const hours = [...Map.groupBy(open, (one) => one.starts_at)];
  return (
    <Card title={t('capacity.hours')}>
      <p className="mb-3">
        {t('capacity.shelf', { used: slots.shelf.used, capacity: slots.shelf.capacity })}
      </p>
      {open.length === 0 && <p className="text-soft">{t('capacity.closed')}</p>}
      <ul className="grid divide-y divide-line">
        {hours.map(([startsAt, services]) => (
          <li key={startsAt} className="grid grid-cols-[8rem_1fr] items-center gap-x-3 py-2">
            <span>{moment(startsAt)}</span>
            <span className="grid gap-1">
              {services.map((one) => (
                <span key={one.service} className="flex flex-wrap items-center justify-between gap-x-3">
                  {t('capacity.taken', {
                    service: t(`service.${one.service}`),
                    taken: one.reserved + one.used,
                    capacity: one.capacity,
                  })}
                  {one.state === 'full' && <Status tone="warn">{t('capacity.full')}</Status>}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
