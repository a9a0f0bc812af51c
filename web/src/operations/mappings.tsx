import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Textarea } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { FormatName, SourceName } from '../sources/source-name.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { useOrganisations } from './organisation-name.tsx';

type Mapping = components['schemas']['CodeMapping'];
type Version = Mapping['versions'][number];

/** What codes were said to mean, each with its versions. */
export function Mappings() {
  const t = useWords(SOURCE_WORDS);
  const mappings = usePages<Mapping>(
    ['code-mappings'],
    (cursor, signal) =>
      api.get('/v1/code-mappings', {
        params: { query: { limit: 25, ...(cursor === undefined ? {} : { cursor }) } },
        signal,
      }),
    { everyMs: 10_000 },
  );
  return (
    <Page title={t('mapping.title')} lead={t('mapping.lead')}>
      <Read of={mappings.query} rows={8}>
        {() =>
          mappings.items.length === 0 ? (
            <Empty title={t('mapping.none')} hint={t('mapping.none_hint')} />
          ) : (
            mappings.items.map((one) => <MappingCard key={one.id} mapping={one} />)
          )
        }
      </Read>
      <Pager of={mappings} />
    </Page>
  );
}

function MappingCard({ mapping }: { readonly mapping: Mapping }) {
  const t = useWords(SOURCE_WORDS);
  const { number } = useFormats();
  const may = useMay();
  const organisations = useOrganisations();
  const [isRetiring, setRetiring] = useState(false);
  const { source, format, code, versions, scans } = mapping;
  const isRetired = versions[0]?.milestone === undefined;
  const again = `/operations/unmapped?map=${encodeURIComponent(JSON.stringify([source, format, code]))}`;
  return (
    <Card
      title={code}
      actions={
        may('mapCode') && (
          <>
            <Link className="self-center text-accent hover:underline" href={again}>
              {t('mapping.change')}
            </Link>
            {!isRetired && (
              <Button size="small" onClick={() => setRetiring(true)}>
                {t('mapping.retire')}
              </Button>
            )}
          </>
        )
      }
    >
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-soft">
        <span>
          <SourceName source={source} nameOf={(id) => organisations.find((one) => one.id === id)?.name} />
        </span>
        <span>
          <FormatName format={format} />
        </span>
        <span>
          {t('mapping.scans')}: {number(scans.mapped + scans.open)}
        </span>
        {scans.waiting > 0 && <Status tone="move">{t('mapping.waiting', { count: scans.waiting })}</Status>}
      </p>
      <ol className="grid gap-2" aria-label={t('mapping.versions')}>
        {versions.map((one, index) => (
          <li key={one.version} className={index === 0 ? '' : 'text-soft'}>
            <VersionLine version={one} />
          </li>
        ))}
      </ol>
      {isRetiring && <Retire mapping={mapping} onClose={() => setRetiring(false)} />}
    </Card>
  );
}

function VersionLine({ version }: { readonly version: Version }) {
  const t = useWords(SOURCE_WORDS);
  const milestone = useWords(MILESTONE_WORDS);
  const { day } = useFormats();
  return (
    <div className="grid gap-0.5">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="caption">{t('mapping.version', { version: version.version })}</span>
        <strong className="font-medium">
          {version.milestone === undefined ? t('mapping.retired') : milestone(version.milestone)}
        </strong>
        {version.substatus !== undefined && <span className="number">{version.substatus}</span>}
        {version.occurred_from !== undefined && (
          <span>{t('mapping.occurred_from', { day: day(version.occurred_from.slice(0, 10)) })}</span>
        )}
        <Moment at={version.created_at} />
        <span className="number text-sm">{version.author}</span>
      </span>
      <span className="text-sm wrap-anywhere">{version.note}</span>
    </div>
  );
}

function Retire({ mapping, onClose }: { readonly mapping: Mapping; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  const [note, setNote] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/code-mappings/{mapping_id}/retirement', {
        params: { path: { mapping_id: mapping.id } },
        body: { note: note.trim() },
      }),
    {
      touches: [['unmapped-codes'], ['code-mappings'], ['timeline']],
      done: () => {
        toast('ok', t('mapping.retired_now'));
        onClose();
      },
    },
  );
  return (
    <Dialog open onOpen={onClose} title={t('mapping.retire_title', { code: mapping.code })}>
      <ActForm act={act} submit={t('mapping.retire')} look="danger" disabled={note.trim() === ''}>
        <p>{t('mapping.retire_ask')}</p>
        <Field label={t('mapping.why')}>
          <Textarea rows={2} maxLength={500} value={note} onText={setNote} />
        </Field>
      </ActForm>
    </Dialog>
  );
}
