import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Day, Money } from '../kit/values.tsx';
import { leftOf, type Programme, ProgrammeState, useScope } from './programme-parts.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

export function Programmes() {
  const t = useWords(MARKETPLACE_WORDS);
  const programmes = usePages<Programme>(['programmes'], (cursor, signal) =>
    api.get('/v1/programmes', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const create = (
    <ButtonLink to="/marketplace/programmes/new" look="primary">
      {t('programme.new')}
    </ButtonLink>
  );
  return (
    <Page title={t('programme.title')} lead={t('programme.lead')} actions={create}>
      <Card>
        <Read of={programmes.query}>
          {() =>
            programmes.items.length === 0 ? (
              <Empty title={t('programme.none')} hint={t('programme.none_hint')} action={create} />
            ) : (
              <ProgrammeTable rows={programmes.items} />
            )
          }
        </Read>
        <Pager of={programmes} />
      </Card>
    </Page>
  );
}

function ProgrammeTable({ rows }: { readonly rows: readonly Programme[] }) {
  const t = useWords(MARKETPLACE_WORDS);
  const { percent } = useFormats();
  const scope = useScope();
  return (
    <Table
      label={t('programme.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'name',
          label: t('programme.name'),
          isName: true,
          cell: (one) => (
            <Link className="text-accent hover:underline" href={`/marketplace/programmes/${one.id}`}>
              {one.name}
            </Link>
          ),
        },
        { id: 'state', label: t('programme.state'), cell: (one) => <ProgrammeState of={one} /> },
        {
          id: 'share',
          label: t('programme.share'),
          cell: (one) => t('programme.share_of', { share: percent(one.share_basis_points / 10_000) }),
        },
        { id: 'for', label: t('programme.for'), cell: scope },
        {
          id: 'until',
          label: t('programme.to'),
          cell: (one) => (one.valid_to === undefined ? '–' : <Day of={one.valid_to} />),
        },
        {
          id: 'budget',
          label: t('programme.budget'),
          align: 'end',
          cell: (one) => (one.budget === undefined ? '–' : <Money of={one.budget} />),
        },
        {
          id: 'left',
          label: t('programme.left'),
          align: 'end',
          cell: (one) => {
            const left = leftOf(one);
            return left === undefined ? '–' : <Money of={left} strong />;
          },
        },
      ]}
    />
  );
}
