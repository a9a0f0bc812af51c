import { useWords } from '../ground/words.ts';
import { Checkbox, Field, Input } from '../kit/field.tsx';
import { BigChoices } from './big-choices.tsx';
import { MAIL_WORDS } from './mail-words.ts';
import type { MailingDuties, Seen } from './mailing-intake.ts';

/** Documents and questions that the product ships; a network's own stand there as it wrote them. */
const DOCUMENTS = [
  'identity_card',
  'passport',
  'residence_permit',
  'travel_permit',
  'driving_licence',
] as const;
const CHECKS = ['opened_before_sender', 'nothing_prohibited', 'packed_safely'] as const;

const plain = (word: string) => word.replaceAll('_', ' ');

/** What the law of the place asks of the counter: who it is, what is inside, and the price list. */
export function DutyFields({
  of,
  seen,
  onSeen,
}: {
  readonly of: MailingDuties;
  readonly seen: Seen;
  readonly onSeen: (seen: Seen) => void;
}) {
  const m = useWords(MAIL_WORDS);
  const documentOf = (kind: string) => {
    const known = DOCUMENTS.find((one) => one === kind);
    return known === undefined ? plain(kind) : m(`document.${known}`);
  };
  const checkOf = (check: string) => {
    const known = CHECKS.find((one) => one === check);
    return known === undefined ? plain(check) : m(`inspect.${known}`);
  };
  return (
    <>
      {of.needs_identity && (
        <BigChoices
          legend={m('inspect.identity')}
          value={seen.document}
          onChoice={(document) => onSeen({ ...seen, document })}
          choices={of.document_kinds.map((value) => ({ value, label: documentOf(value) }))}
        />
      )}
      {of.needs_inspection && (
        <fieldset className="grid gap-1">
          <legend className="mb-1.5 font-medium">{m('inspect.title')}</legend>
          {of.checklist.map((check) => (
            <Checkbox
              key={check}
              label={checkOf(check)}
              checked={seen.checks[check] === true}
              onCheck={(isSo) => onSeen({ ...seen, checks: { ...seen.checks, [check]: isSo } })}
            />
          ))}
        </fieldset>
      )}
      {of.needs_inspection && (
        <Field label={m('inspect.mark')} hint={m('inspect.mark_hint')}>
          <Input
            value={seen.mark}
            onText={(mark) => onSeen({ ...seen, mark })}
            mono
            maxLength={40}
            autoCapitalize="characters"
          />
        </Field>
      )}
      {of.needs_price_list && (
        <Checkbox
          label={m('inspect.price_list')}
          checked={seen.priceListShown}
          onCheck={(priceListShown) => onSeen({ ...seen, priceListShown })}
        />
      )}
    </>
  );
}
