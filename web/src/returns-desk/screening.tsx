import { useState } from 'react';
import { api } from '../ground/api.ts';
import { isAmount, majorOf } from '../ground/minor.ts';
import { useAct } from '../ground/reads.ts';
import { said } from '../ground/said.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import { RETURN_TOUCHES, returnPath } from './act-parts.ts';
import { type Grades, gradesOf, newGrades } from './grades.ts';
import { NO_OK_REASONS, type Return } from './parts.tsx';
import { DESK_WORDS } from './words.ts';

/** What each item is worth now that the seller has looked at it. */
export function Screening({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const [grades, setGrades] = useState<Grades>(() => newGrades(of.items));
  const act = useAct(
    () =>
      api.post('/v1/returns/{return_id}/screening', {
        params: returnPath(of),
        body: { items: gradesOf(grades, of.amount.currency) },
      }),
    { touches: RETURN_TOUCHES, done: () => toast('ok', t('screen.done')) },
  );
  const isWrong = (text: string) => text.trim() !== '' && !isAmount(text);
  const isAnyWrong = Object.values(grades).some(({ grade, refund }) => grade === 'no_ok' && isWrong(refund));
  return (
    <Card title={t('screen')}>
      <p className="mb-4 text-sm text-soft">{t('screen.hint')}</p>
      <ActForm act={act} submit={t('screen.do')} disabled={isAnyWrong}>
        {of.items.map((item) => {
          const grade = grades[item.line];
          if (grade === undefined) return null;
          const set = (more: Partial<Grades[number]>) =>
            setGrades({ ...grades, [item.line]: { ...grade, ...more } });
          return (
            <fieldset key={item.line} className="grid gap-3 border-t border-line pt-3">
              <legend className="sr-only">{item.description}</legend>
              <p className="font-medium wrap-anywhere">
                {item.description} × {item.quantity}
              </p>
              <Choices
                legend={t('screen.grade')}
                value={grade.grade}
                onChoice={(value) => set({ grade: value, quality: value === 'ok' ? '1' : '2' })}
                choices={(['ok', 'no_ok'] as const).map((value) => ({ value, label: r(`grade.${value}`) }))}
              />
              {grade.grade === 'no_ok' && (
                <div className="grid gap-3 sm:grid-cols-3">
                  <Field label={t('screen.reason')}>
                    <Select
                      value={grade.reason}
                      onChoice={(reason) => set({ reason })}
                      choices={NO_OK_REASONS.map((value) => ({ value, label: r(`no_ok.${value}`) }))}
                    />
                  </Field>
                  <Field label={t('screen.quality')}>
                    <Select
                      value={grade.quality}
                      onChoice={(quality) => set({ quality })}
                      choices={(['1', '2', '3', '4'] as const).map((value) => ({
                        value,
                        label: said(r, 'quality', value),
                      }))}
                    />
                  </Field>
                  <Field
                    label={t('screen.refund', { currency: item.amount.currency })}
                    error={isWrong(grade.refund) ? t('amount.wrong') : undefined}
                    hint={t('screen.refund.hint', { amount: majorOf(item.amount) })}
                  >
                    <Input inputMode="decimal" value={grade.refund} onText={(refund) => set({ refund })} />
                  </Field>
                </div>
              )}
            </fieldset>
          );
        })}
      </ActForm>
    </Card>
  );
}
