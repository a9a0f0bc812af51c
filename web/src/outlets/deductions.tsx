import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Choices } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { OutletName } from './parts.tsx';
import { POINT_MONEY_WORDS } from './words.ts';

export type Deduction = components['schemas']['PointDeductionSummary'];
export const deductionsKey = ['point-deductions'] as const;

const TONES = { imposed: 'warn', appealed: 'move', upheld: 'bad', overturned: 'ok' } as const;
const STATES = everyWord<Deduction['state']>({
  imposed: true,
  appealed: true,
  upheld: true,
  overturned: true,
});

export function DeductionState({ of }: { readonly of: Deduction['state'] }) {
  const t = useWords(POINT_MONEY_WORDS);
  return <Status tone={TONES[of]}>{t(`deduction.state.${of}`)}</Status>;
}

/** Deductions, the newest first: one's own, or all for the network's staff. */
export function DeductionList() {
  const t = useWords(POINT_MONEY_WORDS);
  const at = useFaceAddress();
  const [state, setState] = useAddressChoice('state', ['all', ...STATES]);
  const deductions = usePages<Deduction>([...deductionsKey, 'list', state], (cursor, signal) =>
    api.get('/v1/point-deductions', {
      params: {
        query: {
          limit: 50,
          ...(state === 'all' ? {} : { state }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Card>
      <div className="screen-only mb-3">
        <Choices
          legend={t('deductions.show')}
          value={state}
          onChoice={setState}
          choices={(['all', ...STATES] as const).map((one) => ({
            value: one,
            label: one === 'all' ? t('deductions.all') : t(`deduction.state.${one}`),
          }))}
        />
      </div>
      <PagedTable
        of={deductions}
        empty={<Empty title={t('deductions.none')} hint={t('deductions.none_hint')} />}
        label={t('deductions')}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'reason',
            label: t('deduction.reason'),
            isName: true,
            cell: (one) => (
              <Link className="text-accent hover:underline" href={at(`/deductions/${one.id}`)}>
                {t(`rule.${one.reason}`)}
              </Link>
            ),
          },
          {
            id: 'amount',
            label: t('deduction.amount'),
            align: 'end',
            cell: (one) => <Money of={one.amount} />,
          },
          { id: 'state', label: t('deduction.state'), cell: (one) => <DeductionState of={one.state} /> },
          {
            id: 'outlet',
            label: t('deduction.outlet'),
            cell: (one) => <OutletName id={one.point_id} link />,
          },
          {
            id: 'imposed',
            label: t('deduction.imposed_at'),
            cell: (one) => <Moment at={one.imposed_at} />,
          },
          {
            id: 'until',
            label: t('deduction.until'),
            cell: (one) => (one.state === 'imposed' ? <Moment at={one.appeal_until} /> : '–'),
          },
        ]}
      />
    </Card>
  );
}
