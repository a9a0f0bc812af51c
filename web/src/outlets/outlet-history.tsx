import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { OUTLET_STATES, outletKey } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

const FACTS = everyWord({
  apply: true,
  accept_application: true,
  accept_documents: true,
  record_site_check: true,
  contract_in_force: true,
  complete_training: true,
  end_trial: true,
  reject: true,
  pause: true,
  begin_pause: true,
  end_pause: true,
  resume: true,
  restrict: true,
  suspend: true,
  reinstate: true,
  announce_exit: true,
  complete_exit: true,
  record_filing: true,
  filing_due: true,
  change: true,
  feed_opened: true,
  feed_changed: true,
  feed_closed: true,
  feed_missing: true,
});

/** What was decided, announced and changed about an outlet, the newest first. */
export function OutletHistory({ id }: { readonly id: string }) {
  const t = useWords(OUTLET_WORDS);
  const facts = useRead([...outletKey(id), 'facts'], (signal) =>
    api.get('/v1/points/{point_id}/facts', { params: { path: { point_id: id } }, signal }),
  );
  const nameOf = (fact: string) => {
    const known = FACTS.find((one) => one === fact);
    return known === undefined ? fact : t(`fact.${known}`);
  };
  const stateOf = (state: string) => {
    const known = OUTLET_STATES.find((one) => one === state);
    return known === undefined ? state : t(`state.${known}`);
  };
  return (
    <Card title={t('history')}>
      <Read of={facts}>
        {({ data }) => (
          <Table
            label={t('history')}
            rows={data.toReversed()}
            rowId={(one) => String(one.version)}
            columns={[
              { id: 'fact', label: t('fact'), isName: true, cell: (one) => nameOf(one.fact) },
              { id: 'at', label: t('fact.at'), cell: (one) => <Moment at={one.recorded_at} whole /> },
              { id: 'state', label: t('fact.state'), cell: (one) => stateOf(one.state) },
              {
                id: 'reason',
                label: t('fact.reason'),
                cell: (one) => [one.reason, one.note].filter(Boolean).join(' · ') || '–',
              },
              {
                id: 'by',
                label: t('fact.by'),
                cell: (one) => <span className="number text-sm">{one.by_caller}</span>,
              },
            ]}
          />
        )}
      </Read>
    </Card>
  );
}
