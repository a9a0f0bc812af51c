import { type ReactNode, useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { clockOf, STATES, type State, type Summary, VerificationState } from './parts.tsx';
import { VERIFICATION_WORDS } from './words.ts';

/** The desk: cases by state, with what speaks against each and the clock that runs. */
export function Verifications({
  merchantOf,
  lead,
  children,
}: {
  /** Whose case it is, by name; a merchant sees his own alone. */
  readonly merchantOf?: (organisationId: string) => ReactNode;
  readonly lead?: string;
  readonly children?: ReactNode;
}) {
  const t = useWords(VERIFICATION_WORDS);
  const [state, setState] = useAddressWord('state');
  const [, go] = useLocation();
  const at = useFaceAddress();
  const columns = useColumns(merchantOf);
  const cases = usePages(['verifications', state], (cursor, signal) =>
    api.get('/v1/verifications', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(isState(state) ? { state } : {}),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('title')} lead={lead ?? t('lead')}>
      {children}
      <div className="screen-only mb-3 flex flex-wrap items-end gap-3">
        <Field label={t('filter.state')}>
          <Select
            value={state}
            onChoice={setState}
            choices={[
              { value: '', label: t('filter.all') },
              ...STATES.map((one) => ({ value: one as string, label: t(`state.${one}`) })),
            ]}
          />
        </Field>
      </div>
      <Card>
        <PagedTable
          label={t('title')}
          of={cases}
          columns={columns}
          rowId={(one) => one.id}
          onOpen={(one) => go(at(`/verifications/${one.id}`))}
          empty={<Empty title={t('none')} hint={t('none.hint')} />}
        />
      </Card>
    </Page>
  );
}

function useColumns(
  merchantOf: ((organisationId: string) => ReactNode) | undefined,
): readonly Column<Summary>[] {
  const t = useWords(VERIFICATION_WORDS);
  const at = useFaceAddress();
  return useMemo(
    () => [
      {
        id: 'number',
        label: t('number'),
        isName: true,
        cell: (row) => (
          <Link className="number text-accent hover:underline" href={at(`/verifications/${row.id}`)}>
            {row.number}
          </Link>
        ),
      },
      { id: 'carrier', label: t('carrier'), cell: (row) => <CarrierName code={row.carrier_code} /> },
      ...(merchantOf === undefined
        ? []
        : [
            { id: 'merchant', label: t('merchant'), cell: (row: Summary) => merchantOf(row.organisation_id) },
          ]),
      { id: 'state', label: t('state'), cell: (row) => <VerificationState of={row.state} /> },
      { id: 'against', label: t('against'), cell: (row) => <Against of={row} /> },
      { id: 'score', label: t('score'), align: 'end', cell: (row) => row.score },
      { id: 'clock', label: t('clock'), cell: (row) => <NextClock of={row} /> },
      { id: 'declared', label: t('declared'), cell: (row) => <Moment at={row.declared_at} /> },
    ],
    [t, at, merchantOf],
  );
}

function Against({ of }: { readonly of: Summary }) {
  const t = useWords(VERIFICATION_WORDS);
  const [heaviest, ...others] = of.findings;
  if (heaviest === undefined) return '–';
  const rule = t(`rule.${heaviest.rule}`);
  return others.length === 0 ? rule : t('against.more', { rule, count: others.length });
}

function NextClock({ of }: { readonly of: Summary }) {
  const t = useWords(VERIFICATION_WORDS);
  const clock = clockOf(of);
  if (clock === undefined) return '–';
  const [word, at] = clock;
  return (
    <span>
      {t(word)} <Moment at={at} />
    </span>
  );
}

const isState = (text: string): text is State => (STATES as readonly string[]).includes(text);
