import { textOfFile } from '@postroad/sdk';
import { useMemo, useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Select, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { CaptureResult } from './scan-capture.tsx';
import { ScanResults } from './scan-results.tsx';
import { type Given, sendScans } from './scan-sending.ts';
import { asLines, formatOf, type ScanFormat } from './scan-text.ts';
import { CARRIER_WORDS } from './words.ts';

/** `name`: of the file, when its letters could not be read; the server may still read its bytes. */
type Chosen = Pick<Given, 'text' | 'bytes'> & { readonly name?: string };

async function read(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = textOfFile(bytes);
  return text === undefined
    ? { text: new TextDecoder('latin1').decode(bytes), bytes, name: file.name }
    : { text, bytes };
}

/** A file or pasted lines of scans in any format that is understood here; each scan is answered by itself. */
export function Scans() {
  const t = useWords(CARRIER_WORDS);
  const k = useWords(KIT_WORDS);
  const { number } = useFormats();
  const [{ text, bytes, name }, setChosen] = useState<Chosen>({ text: '', bytes: undefined });
  const [picked, setPicked] = useState<ScanFormat | ''>('');
  const [progress, setProgress] = useState('');
  const formats = useFormatChoices();
  const begins = useMemo(() => formatOf(text), [text]);
  const format = picked === '' ? begins : picked;
  const act = useAct(
    (given: Given) =>
      sendScans(given, (done, all) =>
        setProgress(t('scan.progress', { done: number(done), all: number(all) })),
      ),
    {
      done: ({ receipts }) => {
        if (receipts === undefined) return;
        const { accepted, duplicates, refused } = receipts;
        toast(refused === 0 ? 'ok' : 'bad', t('scan.told', { accepted, duplicates, refused }));
      },
    },
  );
  const isLost = name !== undefined && format?.startsWith('payload:') !== true;
  return (
    <Page title={t('scan.title')} lead={t('scan.lead')}>
      <Card>
        <div className="grid gap-4">
          <FileDrop
            label={t('scan.file')}
            accept=".csv,.ndjson,.jsonl,.json,.jsonld,.xml,.edi,.txt,text/csv,application/json,application/xml"
            onFile={(file) => {
              setPicked('');
              void read(file).then(setChosen);
            }}
          />
          <Field label={t('scan.paste')} hint={t('scan.columns')}>
            <Textarea
              mono
              rows={8}
              value={text}
              onText={(next) => setChosen({ text: next, bytes: undefined })}
              spellCheck={false}
            />
          </Field>
          <div className="max-w-96">
            <Field label={t('scan.format')}>
              <Select
                value={format ?? ''}
                onChoice={setPicked}
                choices={
                  format === undefined ? [{ value: '', label: t('scan.format.choose') }, ...formats] : formats
                }
              />
            </Field>
          </div>
          {isLost && <Notice tone="bad">{k('file.encoding', { name })}</Notice>}
          {act.error && <Failure error={act.error} />}
          <span className="flex flex-wrap items-center gap-3">
            <Button
              look="primary"
              disabled={text.trim() === '' || format === undefined || isLost}
              busy={act.isPending}
              onClick={() =>
                format && act.mutate({ text: format === 'ndjson' ? asLines(text) : text, format, bytes })
              }
            >
              {t('scan.do')}
            </Button>
            <span role="status" className="text-sm text-soft">
              {act.isPending ? progress : ''}
            </span>
          </span>
        </div>
      </Card>
      {act.data?.receipts && (
        <ScanResults
          key={act.submittedAt}
          receipts={act.data.receipts}
          text={act.data.text}
          format={act.data.format}
          failed={act.data.failed}
        />
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
