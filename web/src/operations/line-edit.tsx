import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { toast } from '../kit/toast.tsx';
import { LinePreview } from './line-preview.tsx';
import { PriceEditor } from './price-editor.tsx';
import { LINE_WORDS } from './words.ts';

type Line = components['schemas']['OperatorServiceLine'];

/** A new version of a line, or a new line that begins as a copy of this one. */
export function LineEdit({ code }: { readonly code: string }) {
  const t = useWords(LINE_WORDS);
  const [as] = useAddressWord('as');
  const isNew = as === 'new';
  const found = useRead(['lines', code, 'operator'], (signal) =>
    api.get('/v1/lines/{line_code}/operator', { params: { path: { line_code: code } }, signal }),
  );
  return (
    <Page title={t(isNew ? 'edit.title_new' : 'edit.title')} lead={<span className="number">{code}</span>}>
      <Read of={found} rows={10}>
        {({ line }) =>
          line === undefined ? <p>{t('line.not_in_force')}</p> : <Editor line={line} isNew={isNew} />
        }
      </Read>
    </Page>
  );
}

function Editor({ line: original, isNew }: { readonly line: Line; readonly isNew: boolean }) {
  const t = useWords(LINE_WORDS);
  const [, go] = useLocation();
  const [view, setView] = useAddressWord('view');
  // The document is kept as text: what one is typing may not be JSON yet.
  const [text, setText] = useState(() =>
    JSON.stringify(isNew ? { ...original, code: `${original.code}_2` } : original, null, 2),
  );
  const [from, setFrom] = useState('');
  const [note, setNote] = useState('');
  const draft = parsed(text);
  const act = useAct(
    (line: Line) => {
      const at = instantOf(from);
      const body = {
        line,
        ...(at === undefined ? {} : { from: at }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      };
      return isNew
        ? api.post('/v1/lines', { body })
        : api.post('/v1/lines/{line_code}/versions', {
            params: { path: { line_code: original.code } },
            body,
          });
    },
    {
      touches: [['lines']],
      done: (_result, line) => {
        toast('ok', t('edit.done'));
        go(`/operations/lines/${line.code}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <>
      <Card>
        <Tabs
          label={t('edit.views')}
          value={view === 'document' ? 'document' : 'prices'}
          onValue={(next) => setView(next === 'prices' ? '' : next)}
          tabs={[
            {
              id: 'prices',
              label: t('edit.prices'),
              content:
                draft === undefined ? (
                  <p className="text-bad">{t('edit.not_json')}</p>
                ) : (
                  <PriceEditor
                    line={draft}
                    errors={errors}
                    onChange={(next) => setText(JSON.stringify(next, null, 2))}
                  />
                ),
            },
            {
              id: 'document',
              label: t('edit.document'),
              content: (
                <Field
                  label={t('edit.document')}
                  hint={t('edit.document_hint')}
                  error={draft === undefined ? t('edit.not_json') : undefined}
                >
                  <Textarea mono rows={28} value={text} onText={setText} spellCheck={false} />
                </Field>
              ),
            },
          ]}
        />
      </Card>
      <LinePreview line={draft} from={instantOf(from)} />
      <Card title={t('edit.publish')}>
        <form
          className="grid gap-4 sm:grid-cols-[1fr_2fr_auto] sm:items-end"
          onSubmit={(event) => {
            event.preventDefault();
            if (draft !== undefined) act.mutate(draft);
          }}
        >
          <Field label={t('edit.from')} error={errors['/from']}>
            <Input type="datetime-local" value={from} onText={setFrom} aria-describedby="edit-from-hint" />
          </Field>
          <Field label={t('edit.note')} error={errors['/note']}>
            <Input maxLength={500} value={note} onText={setNote} />
          </Field>
          <Button type="submit" look="primary" busy={act.isPending} disabled={draft === undefined}>
            {t(isNew ? 'edit.add' : 'edit.publish')}
          </Button>
        </form>
        <p id="edit-from-hint" className="mt-2 text-xs text-soft">
          {t('edit.from_hint')}
        </p>
        {act.error && (
          <div className="mt-4 grid gap-2">
            <Failure error={act.error} />
            <ul className="grid gap-1 text-sm text-bad" hidden={Object.keys(errors).length < 2}>
              {Object.entries(errors).map(([pointer, message]) => (
                <li key={pointer}>
                  <span className="number">{pointer}</span>: {message}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Card>
    </>
  );
}

/** What was typed as a local time, once it is one. */
function instantOf(typed: string): string | undefined {
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** What the text says, or undefined while it is no JSON object; the server judges the rest. */
function parsed(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
