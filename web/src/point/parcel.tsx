import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { isAhead, useQueue } from '../field/queue.ts';
import type { FieldRecord } from '../field/record.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { ParcelActs } from './parcel-acts.tsx';
import { OpenRecord, ShelfState } from './parts.tsx';
import { useWrittenCode } from './recent.tsx';
import { shelfWith } from './shelf.ts';
import type { PointTask } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

type Parcel = components['schemas']['ShelfParcelWithSteps'];

/** One parcel: where it lies, until when, what was done with it and what can be done. */
export function ParcelScreen({ id }: { readonly id: string }) {
  const t = useWords(POINT_WORDS);
  const { records } = useQueue();
  const parcel = useKept<Parcel>(['parcel', id], (signal) =>
    api.get('/v1/shelf-parcels/{shelf_parcel_id}', { params: { path: { shelf_parcel_id: id } }, signal }),
  );
  const found = parcel.data;
  const ahead = records.filter((one) => isAhead(one, found?.at)) as readonly FieldRecord<PointTask>[];
  const [now] = found === undefined ? [] : shelfWith([found.value], ahead);
  return (
    <Page title={found?.value.number ?? t('parcel.title')} lead={now && <ShelfState of={now} />}>
      <Read of={parcel} rows={8}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            <OpenRecord about={id} />
            <WhereItLies parcel={{ ...answer.value, ...now }} />
            {now !== undefined && <ParcelActs parcel={now} />}
            <Steps steps={answer.value.steps} />
          </>
        )}
      </Read>
    </Page>
  );
}

function WhereItLies({ parcel }: { readonly parcel: Parcel }) {
  const t = useWords(POINT_WORDS);
  const [isAsked, setAsked] = useState(false);
  const code = useWrittenCode(isAsked && parcel.state === 'stored' ? parcel.id : undefined);
  const moment = (at: string | undefined) => (at === undefined ? undefined : <Moment at={at} />);
  return (
    <Card>
      <div className="mb-3 flex items-center justify-between gap-3">
        <span className="text-xl font-semibold wrap-anywhere">{parcel.recipient_name}</span>
        <span className="number text-[2.75rem] leading-none font-bold">{parcel.place}</span>
      </div>
      <Facts
        of={[
          [t('parcel.phone'), parcel.recipient_phone],
          [t('parcel.stored'), moment(parcel.stored_at)],
          [t('parcel.free'), moment(parcel.free_until)],
          [t('parcel.home'), moment(parcel.return_at)],
          [t('parcel.fee'), parcel.fee_due && <Money of={parcel.fee_due} strong />],
          ...(parcel.exception === undefined
            ? []
            : ([[t('parcel.problem'), t(`problem.${parcel.exception}`)]] as const)),
        ]}
      />
      {parcel.state === 'stored' && (
        <div className="mt-4 grid gap-2 sm:grid-cols-2">
          <ButtonLink to={`/point/hand-out?parcel=${parcel.id}`} look="primary" size="large">
            {t('hand_out.go')}
          </ButtonLink>
          {isAsked ? (
            <p role="status" className="grid min-h-12 place-items-center text-center">
              {code === null ? (
                t('take_in.secret')
              ) : (
                <span className="number text-2xl font-semibold">{code}</span>
              )}
            </p>
          ) : (
            <AskCode onAsk={() => setAsked(true)} />
          )}
        </div>
      )}
    </Card>
  );
}

function AskCode({ onAsk }: { readonly onAsk: () => void }) {
  const t = useWords(POINT_WORDS);
  return (
    <button
      type="button"
      onClick={onAsk}
      className="min-h-12 cursor-pointer rounded-md border border-edge bg-card px-4 text-lg font-medium hover:bg-sunk"
    >
      {t('parcel.code')}
    </button>
  );
}

const FACTS = [
  'announced',
  'stored',
  'moved',
  'code_wrong',
  'code_locked',
  'code_unlocked',
  'handed_out',
  'hand_out_undone',
  'storing_undone',
  'excepted',
  'restocked',
  'voided',
  'return_started',
  'sent_back',
  'extended',
  'overdue_noticed',
  'cancelled',
] as const;

/** What a device said whose clock was wrong. */
function deviceTimeOf({ detail }: Parcel['steps'][number]): string | undefined {
  const said = detail?.device_time;
  return typeof said === 'string' ? said : undefined;
}

function Steps({ steps }: { readonly steps: Parcel['steps'] }) {
  const t = useWords(POINT_WORDS);
  if (steps.length === 0) return null;
  return (
    <Card title={t('parcel.steps')}>
      <ol className="grid divide-y divide-line">
        {steps.toReversed().map((step, index) => {
          const fact = FACTS.find((one) => one === step.fact);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended
            <li key={steps.length - index} className="flex flex-wrap justify-between gap-x-3 py-2">
              <span>{fact === undefined ? step.fact : t(`fact.${fact}`)}</span>
              <span className="text-soft">
                <Moment at={step.occurred_at} />
                {deviceTimeOf(step) !== undefined && (
                  <>
                    {' \u00b7 '}
                    {t('fact.device_time')} <Moment at={deviceTimeOf(step) ?? ''} />
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
