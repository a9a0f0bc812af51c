import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useAct, usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import type { Column } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { Place } from '../parcels/place.tsx';
import { VISIT_WORDS } from './words.ts';

type Interception = components['schemas']['Interception'];
type Reply = 'accept' | 'refuse' | 'done' | 'failed';

const TONES: Readonly<Record<Interception['state'], Tone>> = {
  requested: 'warn',
  accepted: 'move',
  done: 'ok',
  failed: 'bad',
  cancelled: 'idle',
};
const SHOWN = ['requested', 'accepted', 'done', 'failed', 'cancelled', 'all'] as const;
/** What may be answered to what state (network/shipments/interception.policy.ts). */
const REPLIES: Readonly<Partial<Record<Interception['state'], readonly [yes: Reply, no: Reply]>>> = {
  requested: ['accept', 'refuse'],
  accepted: ['done', 'failed'],
};

/** Parcels that the carrier is asked to stop, first those that wait for its answer. */
export function Stops() {
  const t = useWords(VISIT_WORDS);
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const columns = useStopColumns();
  const stops = usePages<Interception>(
    ['interceptions', shown],
    (cursor, signal) =>
      api.get('/v1/interceptions', {
        params: {
          query: {
            limit: 50,
            ...(cursor === undefined ? {} : { cursor }),
            ...(shown === 'all' ? {} : { state: shown }),
          },
        },
        signal,
      }),
    { everyMs: 20_000 },
  );
  return (
    <Page title={t('stops.title')} lead={t('stops.lead')}>
      <div className="screen-only mb-3">
        <Choices
          legend={t('stops.show')}
          value={shown}
          onChoice={setShown}
          choices={SHOWN.map((one) => ({ value: one, label: t(`stop.state.${one}`) }))}
        />
      </div>
      <Card>
        <PagedTable
          label={t('stops.title')}
          of={stops}
          rowId={(one) => one.id}
          columns={columns}
          empty={<Empty title={t('stops.none')} hint={t('stops.none_hint')} />}
        />
      </Card>
    </Page>
  );
}

function useStopColumns(): readonly Column<Interception>[] {
  const t = useWords(VISIT_WORDS);
  return [
    {
      id: 'parcels',
      label: t('stop.parcels'),
      isName: true,
      cell: (one) => (
        <Link className="number text-accent hover:underline" href={`/carrier/shipments/${one.shipment_id}`}>
          {one.numbers.join(', ')}
        </Link>
      ),
    },
    {
      id: 'state',
      label: t('stop.state'),
      cell: (one) => <Status tone={TONES[one.state]}>{t(`stop.state.${one.state}`)}</Status>,
    },
    {
      id: 'kind',
      label: t('stop.kind'),
      cell: (one) => (
        <>
          {t(`stop.kind.${one.kind}`)}
          {one.to && (
            <>
              : <Place of={one.to} />
            </>
          )}
        </>
      ),
    },
    { id: 'reason', label: t('stop.reason'), cell: (one) => one.reason ?? '–' },
    { id: 'asked', label: t('stop.asked'), cell: (one) => <Moment at={one.requested_at} /> },
    { id: 'do', label: t('stop.do'), cell: (one) => <Replies of={one} /> },
  ];
}

function Replies({ of }: { readonly of: Interception }) {
  const t = useWords(VISIT_WORDS);
  const [asked, setAsked] = useState<Reply>();
  const replies = REPLIES[of.state];
  if (replies === undefined) return <>–</>;
  const [yes, no] = replies;
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="small" look="primary" onClick={() => setAsked(yes)}>
        {t(`stop.${yes}`)}
      </Button>
      <Button size="small" look="danger" onClick={() => setAsked(no)}>
        {t(`stop.${no}`)}
      </Button>
      {asked && <AnswerDialog of={of} reply={asked} onClose={() => setAsked(undefined)} />}
    </span>
  );
}

function AnswerDialog({
  of,
  reply,
  onClose,
}: {
  readonly of: Interception;
  readonly reply: Reply;
  readonly onClose: () => void;
}) {
  const t = useWords(VISIT_WORDS);
  const [reason, setReason] = useState('');
  const isNo = reply === 'refuse' || reply === 'failed';
  const act = useAct(
    () =>
      api.post('/v1/interceptions/{interception_id}/answer', {
        params: { path: { interception_id: of.id } },
        body: { answer: reply, ...(isNo ? { reason: reason.trim() } : {}) },
      }),
    {
      touches: [['interceptions'], ['shipments']],
      done: () => {
        onClose();
        toast('ok', t('stop.answered'));
      },
    },
  );
  return (
    <Dialog title={`${t(`stop.${reply}`)} · ${of.numbers.join(', ')}`} open onOpen={onClose}>
      <ActForm act={act} submit={t(`stop.${reply}`)} look={isNo ? 'danger' : 'primary'}>
        <p>{t(reply === 'done' ? `stop.done_ask.${of.kind}` : `stop.${reply}_ask`)}</p>
        {isNo && (
          <Field label={t('stop.reason')}>
            <Input required maxLength={200} value={reason} onText={setReason} />
          </Field>
        )}
      </ActForm>
    </Dialog>
  );
}
