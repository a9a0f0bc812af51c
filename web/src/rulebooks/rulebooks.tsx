import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { api, isProblem } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Since, useIsOwn, useKindTitle } from './parts.tsx';
import { RULEBOOK_WORDS } from './words.ts';

type InForce = components['schemas']['RulebookVersionWithDocument'];

/** The version that holds now; undefined when there is none at all. */
export async function readInForce(kind: string, signal: AbortSignal): Promise<InForce | undefined> {
  try {
    return await api.get('/v1/rulebook-kinds/{kind}/in-force', { params: { path: { kind } }, signal });
  } catch (error) {
    if (isProblem(error, 'not_found')) return undefined;
    throw error;
  }
}

/** Kinds of rules that one may have, each with what holds now. */
export function Rulebooks() {
  const t = useWords(RULEBOOK_WORDS);
  const at = useFaceAddress();
  const title = useKindTitle();
  const kinds = useRead(['rulebooks', 'kinds'], async (signal) => {
    const { data } = await api.get('/v1/rulebook-kinds', { signal });
    return Promise.all(
      data.map(async (kind) => ({ ...kind, inForce: await readInForce(kind.kind, signal) })),
    );
  });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Card>
        <Read of={kinds} rows={3}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('holds.none')} />
            ) : (
              <Table
                label={t('title')}
                rows={rows}
                rowId={(row) => row.kind}
                columns={[
                  {
                    id: 'kind',
                    label: t('kind'),
                    isName: true,
                    cell: (row) => (
                      <Link className="text-accent hover:underline" href={at(`/rulebooks/${row.kind}`)}>
                        {title(row)}
                      </Link>
                    ),
                  },
                  { id: 'holds', label: t('holds'), cell: (row) => <Holds of={row.inForce} /> },
                  {
                    id: 'version',
                    label: t('version'),
                    cell: (row) =>
                      row.inForce === undefined ? '–' : t('version.number', { number: row.inForce.number }),
                  },
                  {
                    id: 'since',
                    label: t('version.since'),
                    cell: (row) =>
                      row.inForce?.valid_from === undefined ? '–' : <Since at={row.inForce.valid_from} />,
                  },
                ]}
              />
            )
          }
        </Read>
      </Card>
    </Page>
  );
}

export function Holds({ of }: { readonly of: InForce | undefined }) {
  const t = useWords(RULEBOOK_WORDS);
  const isOwn = useIsOwn();
  if (of === undefined) return <Status tone="warn">{t('holds.none')}</Status>;
  return isOwn(of) ? (
    <Status tone="ok">{t('holds.own')}</Status>
  ) : (
    <Status tone="idle">{t('holds.network')}</Status>
  );
}
