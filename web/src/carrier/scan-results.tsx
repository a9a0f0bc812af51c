import type { components } from '@postroad/sdk';
import { useMemo } from 'react';
import { saveFile } from '../ground/files.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Pager, useParts } from '../kit/pager.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import type { Answer } from './scan-sending.ts';
import { linesByIndex, linesOf, type ScanFormat } from './scan-text.ts';
import { CARRIER_WORDS } from './words.ts';

type Receipts = components['schemas']['ScanReceipts'] & Partial<components['schemas']['PayloadReceipts']>;
/** More rows than anybody reads at once; a phone draws each as a card. */
const ROWS_OF_A_PAGE = 100;
const TONES = { accepted: 'ok', duplicate: 'idle', refused: 'bad' } as const;

/** What became of each scan of a file, and of what could not be read of it. */
export function ScanResults({
  receipts,
  text,
  format,
  failed,
}: {
  readonly receipts: Receipts;
  readonly text: string;
  readonly format: ScanFormat;
  readonly failed: Answer['failed'];
}) {
  const t = useWords(CARRIER_WORDS);
  const { number } = useFormats();
  const lineOf = useMemo(() => linesByIndex(text, format), [text, format]);
  // What is wrong first: that is what somebody has to do with.
  const rows = useMemo(
    () =>
      receipts.data.toSorted(
        (a, b) => Number(b.result === 'refused') - Number(a.result === 'refused') || a.index - b.index,
      ),
    [receipts],
  );
  const { shown, ...pages } = useParts(rows, ROWS_OF_A_PAGE);
  const counts = [
    ['accepted', receipts.accepted],
    ['duplicate', receipts.duplicates],
    ['refused', receipts.refused],
  ] as const;
  const isLines = format === 'csv' || format === 'ndjson';
  const refused = receipts.data.filter(({ result }) => result === 'refused').map(({ index }) => index);
  return (
    <Card
      title={t('scan.results')}
      actions={
        isLines &&
        refused.length > 0 && (
          <Button
            size="small"
            onClick={() => saveFile(asText(linesOf(text, format, refused)), `refused.${format}`)}
          >
            {t('scan.keep_refused')}
          </Button>
        )
      }
    >
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        {counts.map(([name, count]) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <Status tone={TONES[name]}>{t(`scan.${name}`)}</Status> {number(count)}
          </span>
        ))}
        {receipts.unmapped !== undefined && receipts.unmapped > 0 && (
          <span className="text-soft">{t('scan.unmapped', { count: receipts.unmapped })}</span>
        )}
      </p>
      {receipts.errors !== undefined && receipts.errors.length > 0 && <Unread of={receipts.errors} />}
      {failed !== undefined && (
        <div className="mb-3 grid gap-2">
          <Notice tone="bad">{t('scan.failed', { line: number(lineOf(failed.from)) })}</Notice>
          <Failure error={failed.error} />
        </div>
      )}
      {rows.length === 0 && receipts.errors === undefined && (
        <Notice tone="warn">{t('scan.no_lines')}</Notice>
      )}
      <Table
        label={t('scan.results')}
        rows={shown}
        rowId={(one) => String(one.index)}
        columns={[
          {
            id: 'line',
            label: t(isLines ? 'scan.line' : 'scan.scan'),
            isName: true,
            cell: (one) => t(isLines ? 'scan.number_of' : 'scan.scan_of', { line: lineOf(one.index) }),
          },
          {
            id: 'result',
            label: t('scan.result'),
            cell: (one) => <Status tone={TONES[one.result]}>{t(`scan.${one.result}`)}</Status>,
          },
          { id: 'why', label: t('scan.why'), cell: (one) => one.message ?? one.code ?? '–' },
        ]}
      />
      <Pager of={pages} />
    </Card>
  );
}

function Unread({ of }: { readonly of: NonNullable<Receipts['errors']> }) {
  const t = useWords(CARRIER_WORDS);
  return (
    <div role="alert" className="mb-3 rounded-md bg-bad-soft p-3 text-sm text-bad">
      <p className="font-medium">{t('scan.unread', { count: of.length })}</p>
      <ul className="grid gap-0.5">
        {of.map((one) => (
          <li key={`${one.pointer} ${one.name} ${one.number}`} className="wrap-anywhere">
            <span className="number">{one.pointer ?? one.number ?? ''}</span> {one.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

const asText = (text: string) => new Blob([text], { type: 'text/plain;charset=utf-8' });
