import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../ground/api.ts';
import { said } from '../ground/said.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Checkbox, Choices, Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import {
  applicationOf,
  type Draft,
  type DraftPicture,
  kindsOf,
  lacksOf,
  newDraft,
  reasonsFor,
  withKind,
} from './draft.ts';
import { Back, Sheet } from './parts.tsx';
import { Pictures } from './pictures.tsx';
import { usePortal, useReturnAct } from './portal.tsx';
import { type Order, sendPicture } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

/** What goes back and why. What was typed is kept above, so that neither a way back nor a visit that ends loses it. */
export function Apply() {
  const t = useWords(PORTAL_WORDS);
  const { order, draft, setDraft } = usePortal();
  const kinds = order === undefined ? [] : kindsOf(order);
  const [first] = kinds;
  useEffect(() => {
    document.title = `${t('apply.title')} · Postroad`;
  }, [t]);
  useEffect(() => {
    if (draft === undefined && first !== undefined) setDraft(newDraft(crypto.randomUUID(), first));
  }, [draft, first, setDraft]);
  if (order === undefined) return null;
  return (
    <>
      <Back href="#">{t('order.back')}</Back>
      <h1 className="text-2xl font-semibold tracking-tight">{t('apply.title')}</h1>
      {draft === undefined ? (
        <Notice tone="warn">{t('apply.nothing')}</Notice>
      ) : (
        <ApplyForm order={order} draft={draft} />
      )}
    </>
  );
}

function ApplyForm({ order, draft }: { readonly order: Order; readonly draft: Draft }) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { setDraft } = usePortal();
  const [tried, setTried] = useState(false);
  const missing = lacksOf(draft, order);
  const lacks = tried ? missing : [];
  const act = useReturnAct<undefined>(
    async (token) => {
      let said = draft;
      for (const [at, picture] of draft.pictures.entries()) {
        if (picture.id !== undefined) continue;
        const id = await sendPicture(token, picture.blob);
        // Kept one by one: a line that fails in between sends none twice.
        said = { ...said, pictures: said.pictures.with(at, { ...picture, id }) };
        setDraft(said);
      }
      const ids = said.pictures.flatMap(({ id }) => (id === undefined ? [] : [id]));
      const application = applicationOf(said, ids);
      return api.post('/v1/return-portal/returns', { body: { token, application } });
    },
    (one) => {
      for (const { url } of draft.pictures) URL.revokeObjectURL(url);
      setDraft(undefined);
      location.hash = one.id;
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0) act.run(undefined);
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Sheet>
        <Choices
          legend={t('apply.kind')}
          value={draft.kind}
          onChoice={(kind) => setDraft(withKind(draft, kind, order))}
          choices={kindsOf(order).map((value) => ({ value, label: r(`kind.${value}`) }))}
        />
        <p className="mt-2 text-sm text-soft">{t(`apply.kind.${draft.kind}`)}</p>
      </Sheet>
      <Sheet title={t('apply.items')}>
        {lacks.includes('items') && <Notice tone="bad">{t('apply.lacks.items')}</Notice>}
        <Items {...{ order, draft }} missesReason={lacks.includes('reason')} />
      </Sheet>
      <Sheet title={t('apply.more')}>
        <div className="grid gap-4">
          {draft.kind === 'exchange' && (
            <Field label={t('apply.wanted')} hint={t('apply.wanted.hint')}>
              <Input
                value={draft.wanted}
                onText={(wanted) => setDraft({ ...draft, wanted })}
                maxLength={200}
              />
            </Field>
          )}
          <Field label={t('apply.statement')} hint={t('apply.statement.hint')}>
            <Textarea
              value={draft.statement}
              onText={(statement) => setDraft({ ...draft, statement })}
              maxLength={2_000}
              rows={3}
            />
          </Field>
          <Pictures
            pictures={draft.pictures}
            lacking={lacks.includes('picture')}
            onPictures={(pictures: readonly DraftPicture[]) => setDraft({ ...draft, pictures })}
          />
        </div>
      </Sheet>
      {act.error !== undefined && <Failure error={act.error} />}
      <Button type="submit" look="primary" size="large" busy={act.busy}>
        {t('apply.send')}
      </Button>
      <p className="text-sm text-soft">{t('apply.after')}</p>
    </form>
  );
}

function Items({
  order,
  draft,
  missesReason,
}: {
  readonly order: Order;
  readonly draft: Draft;
  readonly missesReason: boolean;
}) {
  const t = useWords(PORTAL_WORDS);
  const r = useWords(RETURN_WORDS);
  const { setDraft } = usePortal();
  const pick = (line: number, picked: Draft['items'][number] | undefined) => {
    const { [line]: _, ...others } = draft.items;
    setDraft({ ...draft, items: picked === undefined ? others : { ...others, [line]: picked } });
  };
  return (
    <ul className="grid gap-3">
      {order.lines.map((line) => {
        const reasons = reasonsFor(order, draft.kind, line);
        if (line.returnable === 0 || reasons.length === 0)
          return (
            <li key={line.line} className="border-t border-line pt-3 text-soft">
              <p className="wrap-anywhere">{line.description}</p>
              <p className="text-sm">{t(line.returnable === 0 ? 'line.spoken_for' : 'line.no_reason')}</p>
            </li>
          );
        const picked = draft.items[line.line];
        return (
          <li key={line.line} className="grid gap-3 border-t border-line pt-3">
            <Checkbox
              label={line.description}
              checked={picked !== undefined}
              onCheck={(isPicked) =>
                pick(line.line, isPicked ? { quantity: line.returnable, reason: '' } : undefined)
              }
            />
            {picked !== undefined && (
              <div className="grid gap-3 pl-6 sm:grid-cols-[7rem_1fr]">
                <Field label={t('apply.quantity')}>
                  <Select
                    value={`${picked.quantity}`}
                    onChoice={(quantity) => pick(line.line, { ...picked, quantity: Number(quantity) })}
                    choices={Array.from({ length: line.returnable }, (_, index) => ({
                      value: `${index + 1}`,
                      label: `${index + 1}`,
                    }))}
                  />
                </Field>
                <Field
                  label={t('apply.reason')}
                  error={missesReason && picked.reason === '' ? t('apply.lacks.reason') : undefined}
                >
                  <Select
                    value={picked.reason}
                    onChoice={(reason) => pick(line.line, { ...picked, reason })}
                    choices={[
                      { value: '', label: t('apply.reason.choose') },
                      ...reasons.map(({ code }) => ({ value: code, label: said(r, 'why', code) })),
                    ]}
                  />
                </Field>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
