import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card } from '../kit/page.tsx';
import { ServerFile } from '../kit/server-file.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { ONBOARDING, type Outlet, outletKey } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

type Paper = components['schemas']['PointDocument'];
const PAPER_KINDS = everyWord<Paper['kind']>({
  business_licence: true,
  identity: true,
  lease: true,
  photo_of_site: true,
  insurance: true,
  other: true,
});

/** Papers of an applying outlet: those that are here, and handing one in. */
export function Papers({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_WORDS);
  const may = useMay();
  const { number } = useFormats();
  const papers = useRead([...outletKey(outlet.id), 'papers'], (signal) =>
    api.get('/v1/points/{point_id}/documents', { params: { path: { point_id: outlet.id } }, signal }),
  );
  return (
    <Card title={t('papers')}>
      <Read of={papers} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('papers.none')}</p>
          ) : (
            <Table
              label={t('papers')}
              rows={data}
              rowId={(one) => one.id}
              columns={[
                { id: 'kind', label: t('paper.kind'), isName: true, cell: (one) => t(`paper.${one.kind}`) },
                {
                  id: 'size',
                  label: t('paper.size'),
                  cell: (one) => `${number(Math.ceil(one.size_bytes / 1024))} KiB`,
                },
                { id: 'at', label: t('paper.at'), cell: (one) => <Moment at={one.recorded_at} /> },
                {
                  id: 'open',
                  label: t('paper.open'),
                  cell: (one) => (
                    <ServerFile
                      load={() =>
                        api.get('/v1/points/{point_id}/documents/{document_id}', {
                          params: { path: { point_id: outlet.id, document_id: one.id } },
                          parseAs: 'blob',
                        })
                      }
                    >
                      {t('paper.open')}
                    </ServerFile>
                  ),
                },
              ]}
            />
          )
        }
      </Read>
      {may('uploadPointDocument') && ONBOARDING.includes(outlet.state) && <HandIn id={outlet.id} />}
    </Card>
  );
}

function HandIn({ id }: { readonly id: string }) {
  const t = useWords(OUTLET_WORDS);
  const [kind, setKind] = useState<Paper['kind']>('business_licence');
  const act = useAct(
    async (file: File) =>
      api.post('/v1/points/{point_id}/documents', {
        params: { path: { point_id: id }, query: { kind } },
        body: new Uint8Array(await file.arrayBuffer()) as never,
        bodySerializer: (body: unknown) => body as Uint8Array<ArrayBuffer>,
        headers: { 'content-type': file.type },
      }),
    { touches: [outletKey(id)], done: () => toast('ok', t('paper.added')) },
  );
  return (
    <div className="screen-only mt-4 grid gap-3 sm:max-w-md">
      <h3 className="font-semibold">{t('paper.add')}</h3>
      <Field label={t('paper.kind')}>
        <Select
          value={kind}
          onChoice={setKind}
          choices={PAPER_KINDS.map((one) => ({ value: one, label: t(`paper.${one}`) }))}
        />
      </Field>
      <FileDrop
        label={t('paper.file')}
        accept=".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"
        onFile={(file) => act.mutate(file)}
      />
      {act.error && <Failure error={act.error} />}
    </div>
  );
}
