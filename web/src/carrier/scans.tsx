import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useLanguage } from '../ground/language.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { CaptureResult } from './scan-capture.tsx';
import { ScanResults } from './scan-results.tsx';
import { formatOf, type ScanFormat } from './scan-text.ts';
import { CARRIER_WORDS } from './words.ts';

type Sent = { readonly text: string; readonly format: ScanFormat };
type Receipts = components['schemas']['ScanReceipts'] & Partial<components['schemas']['PayloadReceipts']>;
type Answer = Sent & { readonly receipts?: Receipts; readonly captureId?: string };

/** Files go as they are: the server reads them. */
const asText = (type: string) => ({
  bodySerializer: (body: unknown) => body as string,
  headers: { 'content-type': type },
});

async function send({ text, format }: Sent): Promise<Answer> {
  if (format === 'epcis') {
    const job = await api.post('/epcis/capture', { body: text as never, ...asText('application/ld+json') });
    return { text, format, captureId: String(job.captureID) };
  }
  if (format === 'csv' || format === 'ndjson') {
    const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson';
    return { text, format, receipts: await api.post('/v1/scans', { body: text as never, ...asText(type) }) };
  }
  const receipts = await api.post('/v1/scans/payloads/{format}', {
    params: { path: { format: format.slice('payload:'.length) } },
    body: text as never,
    ...asText(typeOf(text)),
  });
  return { text, format, receipts };
}

/** What a payload is, by its first character. */
function typeOf(text: string): string {
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') return 'application/json';
  return first === '<' ? 'application/xml' : 'application/edifact';
}

/** A file or pasted lines of scans in any format that is understood here; each scan is answered by itself. */
export function Scans() {
  const t = useWords(CARRIER_WORDS);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ScanFormat | ''>('');
  const formats = useFormatChoices();
  const format = chosen === '' ? formatOf(text) : chosen;
  const act = useAct(send);
  return (
    <Page title={t('scan.title')} lead={t('scan.lead')}>
      <Card>
        <div className="grid gap-4">
          <FileDrop
            label={t('scan.file')}
            accept=".csv,.ndjson,.jsonl,.json,.jsonld,.xml,.edi,.txt,text/csv,application/json,application/xml"
            onFile={(file) => void file.text().then(setText)}
          />
          <Field label={t('scan.paste')} hint={t('scan.columns')}>
            <Textarea mono rows={8} value={text} onText={setText} spellCheck={false} />
          </Field>
          <div className="max-w-96">
            <Field label={t('scan.format')}>
              <Select value={format} onChoice={setChosen} choices={formats} />
            </Field>
          </div>
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
      {act.data?.receipts && (
        <ScanResults receipts={act.data.receipts} text={act.data.text} format={act.data.format} />
      )}
      {act.data?.captureId && <CaptureResult key={act.data.captureId} id={act.data.captureId} />}
    </Page>
  );
}

function useFormatChoices(): readonly { readonly value: ScanFormat; readonly label: string }[] {
  const t = useWords(CARRIER_WORDS);
  const language = useLanguage();
  const found = useRead(['payload-formats'], (signal) => api.get('/v1/scans/payloads', { signal }));
  return [
    ...(['csv', 'ndjson', 'epcis'] as const).map((one) => ({ value: one, label: t(`scan.format.${one}`) })),
    // Files of EDIFACT are told by how they begin, also before the list is here.
    { value: 'payload:edifact' as const, label: t('scan.format.edifact') },
    ...(found.data?.data ?? [])
      .filter(({ format }) => format !== 'edifact')
      .map(({ format, names }) => ({
        value: `payload:${format}` as const,
        label: t('scan.format.payload', { name: names?.[language === 'zh' ? 'zh' : 'en'] ?? format }),
      })),
  ];
}
