import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { formatOf, lineOfIndex, type ScanFormat } from './scan-text.ts';
import { CARRIER_WORDS } from './words.ts';

type Receipts = components['schemas']['ScanReceipts'];
const TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
const TONES = { accepted: 'ok', duplicate: 'idle', refused: 'bad' } as const;

const send = async ({ text, format }: { readonly text: string; readonly format: ScanFormat }) => ({
  format,
  text,
  receipts: await api.post('/v1/scans', {
    body: text as never,
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': TYPES[format] },
  }),
});

/** A file or pasted lines of scans; each line is answered by itself. */
export function Scans() {
  const t = useWords(CARRIER_WORDS);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ScanFormat | undefined>();
  const format = chosen ?? formatOf(text);
  const act = useAct(send);
  return (
    <Page title={t('scan.title')} lead={t('scan.lead')}>
      <Card>
        <div className="grid gap-4">
          <FileDrop
            label={t('scan.file')}
            accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
            onFile={(file) => void file.text().then(setText)}
          />
          <Field label={t('scan.paste')} hint={t('scan.columns')}>
            <Textarea mono rows={8} value={text} onText={setText} spellCheck={false} />
          </Field>
          <Choices
            legend={t('scan.format')}
            value={format}
            onChoice={setChosen}
            choices={(['csv', 'ndjson'] as const).map((one) => ({
              value: one,
              label: t(`scan.format.${one}`),
            }))}
          />
          {act.error && <Failure error={act.error} />}
          <span>
            <Button
              look="primary"
              disabled={text.trim() === ''}
              busy={act.isPending}
              onClick={() => act.mutate({ text, format })}
            >
              {t('scan.do')}
            </Button>
          </span>
        </div>
      </Card>
      {act.data && <Outcome {...act.data} />}
    </Page>
  );
}

function Outcome({
  receipts,
  text,
  format,
}: {
  readonly receipts: Receipts;
  readonly text: string;
  readonly format: ScanFormat;
}) {
  const t = useWords(CARRIER_WORDS);
  const { number } = useFormats();
  const counts = [
    ['accepted', receipts.accepted],
    ['duplicate', receipts.duplicates],
    ['refused', receipts.refused],
  ] as const;
  return (
    <Card title={t('scan.results')}>
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        {counts.map(([name, count]) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <Status tone={TONES[name]}>{t(`scan.${name}`)}</Status> {number(count)}
          </span>
        ))}
      </p>
      <Table
        label={t('scan.results')}
        // What is wrong first: that is what somebody has to do with.
        rows={receipts.data.toSorted(
          (a, b) => Number(b.result === 'refused') - Number(a.result === 'refused') || a.index - b.index,
        )}
        rowId={(one) => String(one.index)}
        columns={[
          {
            id: 'line',
            label: t('scan.line'),
            isName: true,
            cell: (one) => t('scan.number_of', { line: lineOfIndex(text, format, one.index) }),
          },
          {
            id: 'result',
            label: t('scan.result'),
            cell: (one) => <Status tone={TONES[one.result]}>{t(`scan.${one.result}`)}</Status>,
          },
          { id: 'why', label: t('scan.why'), cell: (one) => one.message ?? one.code ?? '–' },
        ]}
      />
    </Card>
  );
}
