import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { OutletName } from './parts.tsx';
import { OUTLET_WORDS, POINT_DECISION_WORDS } from './words.ts';

export type Decision = components['schemas']['AllocationDecision'];
export const decisionsKey = ['point-decisions'] as const;

const TONES = { best: 'ok', chosen: 'move', next_best: 'warn', unserved: 'bad' } as const;
const HOW = everyWord<Decision['how']>({ best: true, chosen: true, next_best: true, unserved: true });

export function DecisionHow({ of }: { readonly of: Decision['how'] }) {
  const t = useWords(POINT_DECISION_WORDS);
  return <Status tone={TONES[of]}>{t(`how.${of}`)}</Status>;
}

/** Why demands went to which points, the newest first. `replay`: where they are taken again with other weights. */
export function Decisions({ replay }: { readonly replay?: string }) {
  const t = useWords(POINT_DECISION_WORDS);
  const o = useWords(OUTLET_WORDS);
  const may = useMay();
  const at = useFaceAddress();
  const { country } = useFormats();
  const [how, setHow] = useAddressChoice('how', ['all', ...HOW]);
  const decisions = usePages<Decision>([...decisionsKey, how], (cursor, signal) =>
    api.get('/v1/point-decisions', {
      params: {
        query: {
          limit: 50,
          ...(how === 'all' ? {} : { how }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Page
      title={t('decisions')}
      lead={t('decisions.lead')}
      actions={
        replay !== undefined &&
        may('replayPointDecisions') && <ButtonLink to={replay}>{t('replay')}</ButtonLink>
      }
    >
      <Card>
        <div className="screen-only mb-3">
          <Choices
            legend={t('decision.how')}
            value={how}
            onChoice={setHow}
            choices={(['all', ...HOW] as const).map((one) => ({
              value: one,
              label: one === 'all' ? o('outlets.all') : t(`how.${one}`),
            }))}
          />
        </div>
        <PagedTable
          of={decisions}
          empty={<Empty title={t('decisions.none')} hint={t('decisions.none_hint')} />}
          label={t('decisions')}
          rowId={(one) => one.id}
          columns={[
            {
              id: 'subject',
              label: t('decision.subject'),
              isName: true,
              cell: ({ id, demand }) => (
                <Link className="text-accent hover:underline" href={at(`/point-decisions/${id}`)}>
                  {t(`decision.subject.${subjectOf(demand.subject.kind)}`)}{' '}
                  <span className="number">{demand.subject.id}</span>
                </Link>
              ),
            },
            { id: 'how', label: t('decision.how'), cell: (one) => <DecisionHow of={one.how} /> },
            {
              id: 'point',
              label: t('decision.point'),
              cell: (one) => (one.point_id === undefined ? '–' : <OutletName id={one.point_id} />),
            },
            {
              id: 'service',
              label: t('decision.service'),
              cell: ({ demand }) => o(`service.${demand.service}`),
            },
            { id: 'country', label: t('decision.country'), cell: ({ demand }) => country(demand.country) },
            { id: 'at', label: t('decision.at'), cell: (one) => <Moment at={one.decided_at} /> },
          ]}
        />
      </Card>
    </Page>
  );
}

export function subjectOf(kind: string): 'return' | 'parcel' | 'mailing' {
  return kind === 'return' || kind === 'mailing' ? kind : 'parcel';
}
