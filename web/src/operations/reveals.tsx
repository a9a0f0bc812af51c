import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ActorName } from './actor-name.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { REVEAL_WORDS } from './words.ts';

type Reveal = components['schemas']['Reveal'];
const PURPOSES = everyWord<Reveal['purpose']>({
  delivery: true,
  pickup: true,
  label_print: true,
  customs_declaration: true,
  customer_contact: true,
  claim: true,
  fraud_investigation: true,
  data_subject_request: true,
  legal_request: true,
});
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Who saw whose personal data, which of it and why. The filters stand in the address. */
export function Reveals() {
  const t = useWords(REVEAL_WORDS);
  const [purpose, setPurpose] = useAddressWord('purpose');
  const [actor, setActor] = useAddressWord('actor_id');
  const [since, setSince] = useAddressWord('since');
  const known = PURPOSES.find((one) => one === purpose);
  const filter = {
    ...(known === undefined ? {} : { purpose: known }),
    ...(actor === '' ? {} : { actor_id: actor }),
    // Days are those of UTC, like the moments of the log itself.
    ...(DAY.test(since) ? { since: `${since}T00:00:00Z` } : {}),
  };
  const reveals = usePages<Reveal>(['reveals', filter], (cursor, signal) =>
    api.get('/v1/reveals', {
      params: { query: { limit: 50, ...filter, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="screen-only mb-4 grid gap-3 sm:grid-cols-3">
        <Field label={t('purpose')}>
          <Select
            value={known ?? ''}
            onChoice={setPurpose}
            choices={[
              { value: '', label: t('any') },
              ...PURPOSES.map((one) => ({ value: one as string, label: t(`purpose.${one}`) })),
            ]}
          />
        </Field>
        <Field label={t('actor')}>
          <Input
            mono
            maxLength={100}
            value={actor}
            onText={(text) => setActor(text.trim())}
            placeholder="ses_… key_…"
          />
        </Field>
        <Field label={t('since')}>
          <Input type="date" value={since} onText={setSince} />
        </Field>
      </div>
      <Card>
        <Read of={reveals.query} rows={8}>
          {() =>
            reveals.items.length === 0 ? (
              <Empty title={t('none')} hint={t('none_hint')} />
            ) : (
              <RevealTable rows={reveals.items} />
            )
          }
        </Read>
        <Pager of={reveals} />
      </Card>
    </Page>
  );
}

function RevealTable({ rows }: { readonly rows: readonly Reveal[] }) {
  const t = useWords(REVEAL_WORDS);
  return (
    <Table
      label={t('title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'actor',
          label: t('actor'),
          isName: true,
          cell: (one) => (
            <ActorName
              id={one.actor_id}
              role={one.actor_role}
              organisationId={one.actor_organisation_id}
              at={`/operations/reveals?actor_id=${encodeURIComponent(one.actor_id)}`}
            />
          ),
        },
        { id: 'at', label: t('at'), cell: (one) => <Moment at={one.at} /> },
        { id: 'action', label: t('action'), cell: (one) => t(`action.${one.action}`) },
        {
          id: 'fields',
          label: t('fields'),
          cell: (one) => one.fields.map((field) => t(`field.${field}`)).join(', ') || '–',
        },
        { id: 'purpose', label: t('purpose'), cell: (one) => t(`purpose.${one.purpose}`) },
        {
          id: 'whose',
          label: t('whose'),
          cell: (one) => <OrganisationName id={one.organisation_id} link />,
        },
        {
          id: 'party',
          label: t('party'),
          cell: (one) => (
            <Link
              className="number text-accent hover:underline"
              href={`/operations/audit?subject=${one.party_id}`}
            >
              {one.party_id}
            </Link>
          ),
        },
      ]}
    />
  );
}
