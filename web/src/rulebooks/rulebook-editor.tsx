import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api, isProblem } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { lineOf, linesByPointer, readJson } from './json-lines.ts';
import { useIsOwn, useKindTitle, type Version } from './parts.tsx';
import { readInForce } from './rulebooks.tsx';
import { fieldsOf, type Schema } from './schema-fields.ts';
import { RULEBOOK_WORDS } from './words.ts';

type Start = { readonly from: Version | undefined; readonly document: unknown; readonly schema: Schema };

/** A new version, beginning with an older one (`?from=rbv_...`) or with what is in force. */
export function RulebookEditor({ kind }: { readonly kind: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const title = useKindTitle();
  const isOwn = useIsOwn();
  const [from] = useAddressWord('from');
  const start = useRead(['rulebooks', kind, 'start', from], async (signal): Promise<Start> => {
    const [version, kinds] = await Promise.all([
      from === ''
        ? readInForce(kind, signal)
        : api.get('/v1/rulebook-versions/{rulebook_version_id}', {
            params: { path: { rulebook_version_id: from } },
            signal,
          }),
      api.get('/v1/rulebook-kinds', { signal }),
    ]);
    return {
      from: version,
      document: version?.document ?? {},
      schema: kinds.data.find((one) => one.kind === kind)?.document_schema ?? {},
    };
  });
  const begins = start.data?.from;
  return (
    <Page
      title={t('editor.title', { kind: title({ kind }) })}
      lead={
        start.data &&
        t('editor.lead', {
          from:
            begins === undefined
              ? t('editor.from_nothing')
              : isOwn(begins)
                ? t('editor.from_own', { number: begins.number })
                : t('editor.from_network'),
        })
      }
    >
      <Read of={start} rows={10}>
        {(found) => <Editor key={found.from?.id ?? ''} kind={kind} start={found} />}
      </Read>
    </Page>
  );
}

function Editor({ kind, start }: { readonly kind: string; readonly start: Start }) {
  const t = useWords(RULEBOOK_WORDS);
  const at = useFaceAddress();
  const [, go] = useLocation();
  const [text, setText] = useState(() => JSON.stringify(start.document, null, 2));
  const [note, setNote] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const typed = readJson(text);
  const act = useAct(
    () =>
      api.post('/v1/rulebooks', {
        body: {
          kind,
          document: typed.ok ? (typed.value as Record<string, unknown>) : {},
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      }),
    {
      touches: [['rulebooks']],
      done: (version) => {
        toast('ok', t('editor.saved'));
        go(at(`/rulebooks/${kind}/${version.id}`));
      },
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.ok) act.mutate(undefined);
      }}
    >
      <Card>
        <div className="grid gap-4">
          <div ref={box}>
            <Field
              label={t('editor.text')}
              error={typed.ok ? undefined : t('editor.not_json', { line: typed.line })}
            >
              <Textarea mono rows={26} value={text} onText={setText} spellCheck={false} />
            </Field>
          </div>
          <Field label={t('editor.note')}>
            <Input maxLength={500} value={note} onText={setNote} />
          </Field>
          <Refusal error={act.error} text={text} onLine={(line) => showLine(box.current, line)} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" disabled={!typed.ok} busy={act.isPending}>
              {t('editor.save')}
            </Button>
            <Button
              disabled={!typed.ok}
              onClick={() => typed.ok && setText(JSON.stringify(typed.value, null, 2))}
            >
              {t('editor.tidy')}
            </Button>
          </div>
        </div>
      </Card>
      <Fields schema={start.schema} />
    </form>
  );
}

/** What the server says of single fields, each with its line in the text; anything else as it is. */
function Refusal({
  error,
  text,
  onLine,
}: {
  readonly error: unknown;
  readonly text: string;
  readonly onLine: (line: number) => void;
}) {
  const t = useWords(RULEBOOK_WORDS);
  if (!error) return null;
  if (!isProblem(error) || error.errors.length === 0) return <Failure error={error} />;
  const lines = readJson(text).ok ? linesByPointer(text) : new Map<string, number>();
  const places = error.errors.map(({ pointer, message }) => {
    const path = pointer.replace(/^\/document/, '');
    return { path, message, line: lineOf(lines, path) };
  });
  return (
    <Notice tone="bad">
      <p className="font-semibold">{t('editor.errors', { count: places.length })}</p>
      <ul className="mt-1 grid gap-1">
        {places.map(({ path, message, line }) => (
          <li key={`${path} ${message}`}>
            <button
              type="button"
              className="mr-2 min-h-6 cursor-pointer underline"
              onClick={() => onLine(line)}
            >
              {t('editor.at_line', { line })}
            </button>
            <span className="number">{path === '' ? '/' : path}</span>: {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Chooses a line of the text and brings it into view. */
function showLine(box: HTMLElement | null, line: number): void {
  const area = box?.querySelector('textarea');
  if (!area) return;
  const rows = area.value.split('\n');
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (rows[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / rows.length) * Math.max(0, line - 4);
}

/** Every field that the document may have, for who writes one. */
function Fields({ schema }: { readonly schema: Schema }) {
  const t = useWords(RULEBOOK_WORDS);
  return (
    <Card>
      <details>
        <summary className="cursor-pointer py-1 font-medium">{t('editor.fields')}</summary>
        <Table
          label={t('editor.fields')}
          rows={fieldsOf(schema)}
          rowId={(field) => field.path}
          columns={[
            {
              id: 'path',
              label: t('document'),
              isName: true,
              cell: (field) => <code className="font-mono text-sm">{field.path}</code>,
            },
            {
              id: 'kind',
              label: t('kind'),
              cell: (field) => <code className="font-mono text-sm">{field.kind}</code>,
            },
            {
              id: 'needed',
              label: t('editor.needed'),
              cell: (field) => (field.isNeeded ? t('editor.needed') : '–'),
            },
            { id: 'description', label: t('version.note'), cell: (field) => field.description ?? '–' },
          ]}
        />
      </details>
    </Card>
  );
}
