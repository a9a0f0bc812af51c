import { useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { ContactCard } from '../field/contact.tsx';
import { KeptNotice, RecordNotice } from '../field/notices.tsx';
import { useAhead } from '../field/queue.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { CollectForm } from './collect-form.tsx';
import { usePickups } from './pickups.tsx';
import { ShownVisit } from './shown-state.tsx';
import type { CourierTask, FailureReason, Pickup, RefusalReason } from './tasks.ts';
import { useVisitAct } from './visit-act.ts';
import { COURIER_WORDS } from './words.ts';

const FAILURES = [
  'nobody_there',
  'address_wrong',
  'parcels_not_ready',
  'access_denied',
  'courier_unable',
] as const satisfies readonly FailureReason[];
const REFUSALS = ['prohibited', 'no_identity'] as const satisfies readonly RefusalReason[];

export function PickupScreen({ id }: { readonly id: string }) {
  const t = useWords(COURIER_WORDS);
  const pickups = usePickups();
  const found = pickups.data?.value.find((pickup) => pickup.id === id);
  return (
    <Page
      title={found?.sender?.company ?? found?.sender?.name ?? t('pickup.title')}
      lead={
        found && (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              <Moment at={found.window.starts_at} /> – <Moment at={found.window.ends_at} />
            </span>
            <ShownVisit pickup={found} />
          </span>
        )
      }
      actions={
        <ButtonLink to="/courier/pickups" size="large">
          {t('pickups.back')}
        </ButtonLink>
      }
    >
      <Read of={pickups} rows={6}>
        {(answer) =>
          found === undefined ? (
            <Empty title={t('pickup.gone')} hint={t('pickup.gone_hint')} />
          ) : (
            <>
              <KeptNotice of={answer} />
              <Visit pickup={found} at={answer.at} />
            </>
          )
        }
      </Read>
    </Page>
  );
}

type VisitProps = { readonly pickup: Pickup; readonly at: string };

function Visit({ pickup, at }: VisitProps) {
  const t = useWords(COURIER_WORDS);
  const isBefore = pickup.state !== 'collected';
  return (
    <>
      <RecordNotice about={pickup.id} />
      {pickup.code_locked && (
        <div className="mb-4">
          <Notice tone="bad">{t('pickup.code_locked')}</Notice>
        </div>
      )}
      <Card title={t('pickup.sender')}>
        <ContactCard
          about={pickup.id}
          masked={[
            pickup.sender?.company,
            pickup.sender?.name,
            pickup.sender?.phone,
            [pickup.place.postcode, pickup.place.city].filter(Boolean).join(' '),
          ]}
          canReveal={isBefore}
          reveal={() =>
            api.post('/v1/pickups/{pickup_id}/contact-reveal', { params: { path: { pickup_id: pickup.id } } })
          }
        />
      </Card>
      <Steps pickup={pickup} at={at} />
    </>
  );
}

function Steps({ pickup, at }: VisitProps) {
  const t = useWords(COURIER_WORDS);
  const ahead = useAhead<CourierTask>(pickup.id, at)?.task.kind;
  const setOut = useVisitAct(pickup, true);
  const handOver = useVisitAct(pickup);
  const isRecorded = ahead !== undefined && ahead !== 'set_out';
  if (pickup.state === 'collected')
    return isRecorded ? null : (
      <Button
        size="large"
        look="primary"
        wide
        busy={handOver.isBusy}
        onClick={() => void handOver.act({ kind: 'hand_over', pickupId: pickup.id })}
      >
        {t('pickup.hand_over')}
      </Button>
    );
  const isHome = (pickup.state === 'assigned' || pickup.state === 'accepted') && ahead === undefined;
  if (isHome)
    return (
      <Button
        size="large"
        look="primary"
        wide
        busy={setOut.isBusy}
        onClick={() => void setOut.act({ kind: 'set_out', pickupId: pickup.id })}
      >
        {t('pickup.set_out')}
      </Button>
    );
  // Hidden, not gone: after a refusal everything that was told is still there.
  return (
    <div hidden={isRecorded}>
      <CollectForm pickup={pickup} />
      <Nothing pickup={pickup} />
    </div>
  );
}

/** Nobody there, or nothing that may be taken. */
function Nothing({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(COURIER_WORDS);
  const [why, setWhy] = useState<(typeof FAILURES | typeof REFUSALS)[number]>();
  const { act, isBusy } = useVisitAct(pickup);
  const send = () => {
    const pickupId = pickup.id;
    const refusal = REFUSALS.find((reason) => reason === why);
    const failure = FAILURES.find((reason) => reason === why);
    if (refusal !== undefined) void act({ kind: 'refuse', pickupId, reason: refusal });
    else if (failure !== undefined) void act({ kind: 'fail', pickupId, reason: failure });
  };
  return (
    <Card title={t('nothing.title')}>
      <div className="grid gap-4">
        <BigChoices
          legend={t('stop.why')}
          value={why}
          onChoice={setWhy}
          choices={[
            ...FAILURES.map((value) => ({ value, label: t(`failure.${value}`) })),
            ...REFUSALS.map((value) => ({ value, label: t(`refusal.${value}`) })),
          ]}
        />
        <Button size="large" look="danger" wide disabled={why === undefined} busy={isBusy} onClick={send}>
          {t('nothing.record')}
        </Button>
      </div>
    </Card>
  );
}
