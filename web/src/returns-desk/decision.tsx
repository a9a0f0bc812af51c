import { useState } from 'react';
import { api } from '../ground/api.ts';
import { isAmount, majorOf, minorOf } from '../ground/minor.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { RETURN_TOUCHES, returnPath } from './act-parts.ts';
import type { Return } from './parts.tsx';
import { DESK_WORDS } from './words.ts';

type Outcome = 'agree' | 'refund' | 'replace' | 'close';

/** The goods are still with the buyer only where the seller had refused or gave no address; the room decides again. */
function outcomesOf({ disputed, kind }: Return): readonly [Outcome, ...Outcome[]] {
  if (disputed === 'refused' || disputed === 'agreed') return ['agree', 'refund', 'close'];
  return kind === 'exchange' && disputed === 'screened'
    ? ['replace', 'refund', 'close']
    : ['refund', 'close'];
}

/** What the platform says where buyer and seller could not settle it. */
export function Decide({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const outcomes = outcomesOf(of);
  const [outcome, setOutcome] = useState<Outcome>(outcomes[0]);
  const [refunds, setRefunds] = useState<Readonly<Record<number, string>>>(() =>
    Object.fromEntries(of.items.map(({ line, amount }) => [line, majorOf(amount)])),
  );
  const act = useAct(
    () =>
      api.post('/v1/returns/{return_id}/decision', {
        params: returnPath(of),
        body: {
          outcome,
          ...(outcome === 'refund'
            ? {
                refunds: of.items.map(({ line, amount: { currency } }) => ({
                  line,
                  refund_minor: minorOf(refunds[line] ?? '', currency),
                })),
              }
            : {}),
        },
      }),
    { touches: RETURN_TOUCHES, done: () => toast('ok', t('decide.done')) },
  );
  const isComplete = of.items.every(({ line }) => isAmount(refunds[line] ?? ''));
  return (
    <Card title={t('decide')}>
      <ActForm
        act={act}
        submit={t(`decide.${outcome}.do`)}
        look={outcome === 'close' ? 'danger' : 'primary'}
        disabled={outcome === 'refund' && !isComplete}
      >
        <Choices
          legend={t('decide.outcome')}
          value={outcome}
          onChoice={setOutcome}
          choices={outcomes.map((value) => ({ value, label: t(`decide.${value}`) }))}
        />
        <p className="text-sm text-soft">
          {t(
            outcome === 'agree' && of.kind === 'refund_only'
              ? 'decide.agree.refund'
              : `decide.${outcome}.hint`,
          )}
        </p>
        {outcome === 'refund' && (
          <div className="grid gap-3 sm:grid-cols-2">
            {of.items.map(({ line, description, quantity, amount }) => (
              <Field
                key={line}
                label={`${description} × ${quantity}`}
                error={isAmount(refunds[line] ?? '') ? undefined : t('amount.wrong')}
                hint={t('decide.paid', { amount: majorOf(amount), currency: amount.currency })}
              >
                <Input
                  inputMode="decimal"
                  value={refunds[line] ?? ''}
                  onText={(text) => setRefunds({ ...refunds, [line]: text })}
                />
              </Field>
            ))}
          </div>
        )}
      </ActForm>
    </Card>
  );
}
