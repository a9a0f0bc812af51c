import { api } from '../ground/api.ts';
import { useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { DESK_WORDS } from './words.ts';

/** Events that a reaction has given up on, each with what it said and a way to give it once more. */
export function DeadLetters() {
  const t = useWords(DESK_WORDS);
  const may = useMay();
  const letters = usePages(['dead-letters'], (cursor, signal) =>
    api.get('/v1/operations/dead-letters', {
      params: { query: { limit: 25, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const replay = useAct(
    (letter: { readonly reaction: string; readonly event_id: string }) =>
      api.post('/v1/operations/dead-letters/replays', {
        body: { reaction: letter.reaction, event_id: letter.event_id },
      }),
    { touches: [['dead-letters'], ['health']], done: () => toast('ok', t('letters.replayed')) },
  );
  return (
    <Card title={t('letters.title')}>
      {replay.error && <Failure error={replay.error} />}
      <PagedTable
        of={letters}
        empty={<p className="text-soft">{t('letters.none')}</p>}
        label={t('letters.title')}
        rowId={(one) => `${one.reaction} ${one.event_id}`}
        columns={[
          {
            id: 'event',
            label: t('letters.event'),
            isName: true,
            cell: (one) => <span className="number">{one.type}</span>,
          },
          {
            id: 'reaction',
            label: t('health.reaction'),
            cell: (one) => <span className="number">{one.reaction}</span>,
          },
          { id: 'failure', label: t('letters.failure'), cell: (one) => one.failure },
          { id: 'at', label: t('letters.at'), cell: (one) => <Moment at={one.dead_at} /> },
          ...(may('replayDeadLetter')
            ? [
                {
                  id: 'replay',
                  label: t('letters.replay'),
                  cell: (one: { readonly reaction: string; readonly event_id: string }) => (
                    <Button
                      size="small"
                      busy={replay.isPending && replay.variables?.event_id === one.event_id}
                      onClick={() => replay.mutate(one)}
                    >
                      {t('letters.replay')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
