import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { DocumentText, Since, useIsOwn, useKindTitle, type Version, VersionState } from './parts.tsx';
import { Holds, readInForce } from './rulebooks.tsx';
import { RULEBOOK_WORDS } from './words.ts';

/** One kind of rules: what holds, and the versions of one's own. */
export function RulebookDetail({ kind }: { readonly kind: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const at = useFaceAddress();
  const title = useKindTitle();
  const may = useMay();
  return (
    <Page
      title={title({ kind })}
      actions={
        may('draftRulebookVersion') && (
          <ButtonLink to={at(`/rulebooks/${kind}/new`)} look="primary">
            {t('write')}
          </ButtonLink>
        )
      }
    >
      <InForce kind={kind} />
      <Versions kind={kind} />
    </Page>
  );
}

function InForce({ kind }: { readonly kind: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const found = useRead(['rulebooks', kind, 'in-force'], async (signal) => ({
    version: await readInForce(kind, signal),
  }));
  return (
    <Card title={t('holds')}>
      <Read of={found}>
        {({ version }) =>
          version === undefined ? (
            <Empty title={t('holds.none')} />
          ) : (
            <>
              <Facts
                of={[
                  [t('holds'), <Holds key="holds" of={version} />],
                  [t('version'), t('version.number', { number: version.number })],
                  [
                    t('version.since'),
                    version.valid_from && <Since key="since" at={version.valid_from} whole />,
                  ],
                  [
                    t('version.until'),
                    version.valid_to ? (
                      <Moment key="until" at={version.valid_to} whole />
                    ) : (
                      t('version.open_end')
                    ),
                  ],
                  [t('version.note'), version.note],
                ]}
              />
              <details className="mt-4">
                <summary className="cursor-pointer py-1 font-medium">{t('document.show')}</summary>
                <DocumentText label={t('document')} of={version.document} />
              </details>
            </>
          )
        }
      </Read>
    </Card>
  );
}

function Versions({ kind }: { readonly kind: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const isOwn = useIsOwn();
  const book = useRead(['rulebooks', kind, 'book'], async (signal) => {
    const { data } = await api.get('/v1/rulebooks', { params: { query: { limit: 100 } }, signal });
    return { id: data.find((one) => one.kind === kind && isOwn(one))?.id };
  });
  return (
    <Card title={t('versions')}>
      <Read of={book} rows={3}>
        {({ id }) =>
          id === undefined ? <Empty title={t('versions.none')} /> : <VersionTable kind={kind} id={id} />
        }
      </Read>
    </Card>
  );
}

function VersionTable({ kind, id }: { readonly kind: string; readonly id: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const at = useFaceAddress();
  const versions = usePages<Version>(['rulebooks', kind, 'versions', id], (cursor, signal) =>
    api.get('/v1/rulebooks/{rulebook_id}/versions', {
      params: {
        path: { rulebook_id: id },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <>
      <Read of={versions.query}>
        {() => (
          <Table
            label={t('versions')}
            rows={versions.items.toReversed()}
            rowId={(version) => version.id}
            columns={[
              {
                id: 'number',
                label: t('version'),
                isName: true,
                cell: (version) => (
                  <Link className="text-accent hover:underline" href={at(`/rulebooks/${kind}/${version.id}`)}>
                    {t('version.number', { number: version.number })}
                  </Link>
                ),
              },
              {
                id: 'state',
                label: t('version.state'),
                cell: (version) => <VersionState of={version} />,
              },
              { id: 'note', label: t('version.note'), cell: (version) => version.note },
              {
                id: 'drafted',
                label: t('version.drafted'),
                cell: (version) => <Moment at={version.drafted_at} />,
              },
              {
                id: 'since',
                label: t('version.since'),
                cell: (version) =>
                  version.valid_from === undefined ? '–' : <Since at={version.valid_from} />,
              },
              {
                id: 'until',
                label: t('version.until'),
                cell: (version) => (version.valid_to === undefined ? '–' : <Moment at={version.valid_to} />),
              },
            ]}
          />
        )}
      </Read>
      <Pager of={versions} />
    </>
  );
}
