import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { instantOf } from '../ground/instants.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { DryRun } from './dry-run.tsx';
import { DocumentText, Since, useKindTitle, type Version, VersionState } from './parts.tsx';
import { RULEBOOK_WORDS } from './words.ts';

/** One version of one's own: its tests, a dry run, and its life. */
export function RulebookVersionDetail({ kind, id }: { readonly kind: string; readonly id: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const title = useKindTitle();
  const version = useRead(['rulebooks', kind, 'version', id], (signal) =>
    api.get('/v1/rulebook-versions/{rulebook_version_id}', {
      params: { path: { rulebook_version_id: id } },
      signal,
    }),
  );
  const kinds = useRead(['rulebooks', 'schemas'], (signal) => api.get('/v1/rulebook-kinds', { signal }));
  const hasDryRun = kinds.data?.data.find((one) => one.kind === kind)?.has_dry_run === true;
  const found = version.data;
  const name = title({ kind });
  return (
    <Page
      title={found === undefined ? name : `${name} · ${t('version.number', { number: found.number })}`}
      lead={<CopyId value={id} />}
      actions={found && <Life kind={kind} version={found} />}
    >
      <Read of={version} rows={8}>
        {(one) => (
          <>
            <Head version={one} />
            <Tests version={one} />
            {hasDryRun && one.state !== 'retired' && <DryRun versionId={one.id} />}
            <Card title={t('document')}>
              <DocumentText label={t('document')} of={one.document} />
            </Card>
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ version }: { readonly version: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  return (
    <Card>
      <Facts
        of={[
          [t('version.state'), <VersionState key="state" of={version} />],
          [t('version.note'), version.note],
          [t('version.drafted'), <Moment key="drafted" at={version.drafted_at} whole />],
          [t('version.author'), <CopyId key="author" value={version.author} short />],
          [t('version.since'), version.valid_from && <Since key="since" at={version.valid_from} whole />],
          [t('version.until'), version.valid_to && <Moment key="until" at={version.valid_to} whole />],
          [t('version.digest'), <CopyId key="digest" value={version.digest} short />],
        ]}
      />
    </Card>
  );
}

function Tests({ version }: { readonly version: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  const may = useMay();
  const act = useAct(
    () =>
      api.post('/v1/rulebook-versions/{rulebook_version_id}/tests', {
        params: { path: { rulebook_version_id: version.id } },
      }),
    { touches: [['rulebooks']] },
  );
  return (
    <Card title={t('test.title')}>
      <div className="grid justify-items-start gap-3">
        {act.error && <Failure error={act.error} />}
        {act.data &&
          (act.data.passed ? (
            <Notice tone="ok">{t('test.passed')}</Notice>
          ) : (
            <Notice tone="bad">
              <p className="font-semibold">{t('test.failed', { count: act.data.failures.length })}</p>
              <ul>
                {act.data.failures.map((one) => (
                  <li key={`${one.test} ${one.message}`}>
                    {one.test}: {one.message}
                    {one.rule_id && ` (${t('test.rule', { id: one.rule_id })})`}
                  </li>
                ))}
              </ul>
            </Notice>
          ))}
        {may('testRulebookVersion') && (
          <Button busy={act.isPending} onClick={() => act.mutate(undefined)}>
            {t('test')}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Life({ kind, version }: { readonly kind: string; readonly version: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  const at = useFaceAddress();
  const may = useMay();
  return (
    <>
      {may('draftRulebookVersion') && (
        <ButtonLink to={at(`/rulebooks/${kind}/new?from=${version.id}`)}>{t('rewrite')}</ButtonLink>
      )}
      {version.state !== 'retired' && may('retireRulebookVersion') && <Retire version={version} />}
      {(version.state === 'draft' || version.state === 'tested') && may('activateRulebookVersion') && (
        <Activate version={version} />
      )}
    </>
  );
}

function Activate({ version }: { readonly version: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  const [open, setOpen] = useState(false);
  const [when, setWhen] = useState('');
  const act = useAct(
    () => {
      const from = instantOf(when);
      return api.post('/v1/rulebook-versions/{rulebook_version_id}/activation', {
        params: { path: { rulebook_version_id: version.id } },
        body: from === undefined ? {} : { at: from },
      });
    },
    {
      touches: [['rulebooks']],
      done: () => {
        setOpen(false);
        toast('ok', t('activate.done'));
      },
    },
  );
  return (
    <>
      <Button
        look="primary"
        disabled={version.state === 'draft'}
        title={version.state === 'draft' ? t('activate.needs_tests') : undefined}
        onClick={() => setOpen(true)}
      >
        {t('activate')}
      </Button>
      <Dialog title={t('activate')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('activate')}>
          <Field label={t('activate.at')}>
            <Input type="datetime-local" value={when} onText={setWhen} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}

function Retire({ version }: { readonly version: Version }) {
  const t = useWords(RULEBOOK_WORDS);
  const [open, setOpen] = useState(false);
  const act = useAct(
    () =>
      api.post('/v1/rulebook-versions/{rulebook_version_id}/retirement', {
        params: { path: { rulebook_version_id: version.id } },
      }),
    {
      touches: [['rulebooks']],
      done: () => {
        setOpen(false);
        toast('ok', t('retire.done'));
      },
    },
  );
  const label = version.state === 'active' ? t('retire') : t('retire.draft');
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog title={label} open={open} onOpen={setOpen}>
        <div className="grid gap-4">
          {version.state === 'active' && <p>{t('retire.ask')}</p>}
          {act.error && <Failure error={act.error} />}
          <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
            {label}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
