import { BigChoices } from '../field/big-choices.tsx';
import { everyWord } from '../ground/contract-words.ts';
import { useWords } from '../ground/words.ts';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { type Looked, NOT_LOOKED } from './intake.ts';
import type { CounterReturn, Finding } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const FINDINGS = everyWord<Finding>({ as_described: true, wrong_item: true, missing: true, damaged: true });
/** Questions that the product ships; a marketplace's own stand there as it wrote them. */
const CHECKS = ['is_the_item', 'is_complete', 'looks_unused'] as const;

/** What a look at one item has shown. */
export function ItemFields({
  item,
  checklist,
  looked = NOT_LOOKED,
  onLooked,
}: {
  readonly item: CounterReturn['items'][number];
  readonly checklist: readonly string[];
  readonly looked: Looked | undefined;
  readonly onLooked: (looked: Looked) => void;
}) {
  const t = useWords(POINT_WORDS);
  const nameOf = (check: string) => {
    const known = CHECKS.find((one) => one === check);
    return known === undefined ? check.replaceAll('_', ' ') : t(`check.${known}`);
  };
  return (
    <Card title={`${item.quantity} \u00d7 ${item.description}`}>
      <div className="grid gap-4">
        <BigChoices
          legend={t('item.finding')}
          value={looked.finding}
          onChoice={(finding) => onLooked({ ...looked, finding })}
          columns={2}
          choices={FINDINGS.map((value) => ({ value, label: t(`finding.${value}`) }))}
        />
        {looked.finding !== 'missing' &&
          checklist.map((check) => (
            <BigChoices
              key={check}
              legend={nameOf(check)}
              value={looked.checks[check] === undefined ? undefined : looked.checks[check] ? 'yes' : 'no'}
              onChoice={(answer) =>
                onLooked({ ...looked, checks: { ...looked.checks, [check]: answer === 'yes' } })
              }
              columns={2}
              choices={(['yes', 'no'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))}
            />
          ))}
        <Field label={t('item.note')}>
          <Input value={looked.note} onText={(note) => onLooked({ ...looked, note })} maxLength={200} />
        </Field>
      </div>
    </Card>
  );
}
