import { ContactCard } from '../field/contact.tsx';
import { useKept } from '../field/kept.ts';
import { KeptNotice, RecordNotice } from '../field/notices.tsx';
import { useAhead } from '../field/queue.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Money } from '../kit/values.tsx';
import { reveal } from './reveal.ts';
import { useStops } from './run.tsx';
import { useRunState } from './run-head.tsx';
import { ShownState } from './shown-state.tsx';
import { StopForm } from './stop-form.tsx';
import type { Delivery, Run, Stop } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

/** The server takes what happened at a door from these (deliveries: state table). */
const AT_DOOR: ReadonlySet<Delivery['state']> = new Set([
  'out_for_delivery',
  'attempted',
  'at_depot',
  'held',
]);

/** One door. The run of the day has it; an address from elsewhere is looked up by its own day. */
export function StopScreen({ id }: { readonly id: string }) {
  const t = useWords(COURIER_WORDS);
  const stops = useStops('');
  const found = stops.data?.value.stops.find((stop) => stop.delivery.id === id);
  return (
    <Page
      title={found?.recipient_name ?? t('stop.title')}
      lead={found && <StopLead stop={found} />}
      actions={
        <ButtonLink to="/courier" size="large">
          {t('run.back')}
        </ButtonLink>
      }
    >
      <Read of={stops} rows={8}>
        {(answer) =>
          found === undefined ? (
            <Empty title={t('stop.not_today')} hint={t('stop.not_today_hint')} />
          ) : (
            <>
              <KeptNotice of={answer} />
              <Door stop={found} at={answer.at} />
            </>
          )
        }
      </Read>
    </Page>
  );
}

function StopLead({ stop }: { readonly stop: Stop }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <CopyId value={stop.delivery.number} />
      <ShownState delivery={stop.delivery} />
    </span>
  );
}

type DoorProps = { readonly stop: Stop; readonly at: string };

function Door({ stop, at }: DoorProps) {
  const t = useWords(COURIER_WORDS);
  const { delivery } = stop;
  return (
    <>
      <RecordNotice about={delivery.id} />
      {stop.cash_due && (
        <div className="mb-4">
          <Notice tone="warn">
            {t('stop.cash')} <Money strong of={stop.cash_due} />
          </Notice>
        </div>
      )}
      <Card title={t('stop.recipient')}>
        <ContactCard
          about={delivery.id}
          masked={[stop.recipient_name, stop.recipient_phone, ...stop.address_lines]}
          canReveal={delivery.state === 'assigned' || AT_DOOR.has(delivery.state)}
          reveal={() => reveal(stop.recipient_id)}
        />
      </Card>
      <What stop={stop} at={at} />
    </>
  );
}

function What({ stop, at }: DoorProps) {
  const t = useWords(COURIER_WORDS);
  const { delivery } = stop;
  const ahead = useAhead(delivery.id, at);
  const runState = useRunOf(delivery);
  const isOut = AT_DOOR.has(delivery.state) || (delivery.state === 'assigned' && runState === 'under_way');
  if (!isOut && ahead !== undefined) return null;
  if (!isOut && delivery.state === 'assigned') return <Notice tone="idle">{t('stop.depart_first')}</Notice>;
  if (!isOut) return <Notice tone="idle">{t('stop.over')}</Notice>;
  // Hidden, not gone: after a refusal everything that was told is still there.
  return (
    <div hidden={ahead !== undefined}>
      <StopForm stop={stop} />
    </div>
  );
}

function useRunOf(delivery: Delivery): Run['state'] | undefined {
  const id = delivery.run_id ?? '';
  const run = useKept<Run>(
    ['run', id],
    (signal) => api.get('/v1/delivery-runs/{run_id}', { params: { path: { run_id: id } }, signal }),
    { enabled: id !== '' },
  );
  return useRunState(id, run.data);
}
