import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Checkbox } from '../kit/field.tsx';
import { Facts } from '../kit/values.tsx';
import { useChargeName } from '../parcels/charge-name.tsx';
import { BigChoices } from './big-choices.tsx';
import { MAIL_WORDS } from './mail-words.ts';
import type { Price } from './mailing-intake.ts';

export type Paying = { readonly isAgreed: boolean; readonly method: 'cash' | 'card' | undefined };
export const NOTHING_PAID: Paying = { isAgreed: false, method: undefined };

type Amount = Price['total'];
export type Charge = { readonly type: string; readonly label: string; readonly amount: Amount };

/** What it costs, whose word is needed, and how it is paid. */
export function PriceFields({
  of,
  charges,
  paying,
  onPaying,
}: {
  readonly of: Price;
  readonly charges: readonly Charge[];
  readonly paying: Paying;
  readonly onPaying: (paying: Paying) => void;
}) {
  const m = useWords(MAIL_WORDS);
  const { money } = useFormats();
  const nameOf = useChargeName();
  return (
    <div className="grid gap-3" aria-live="polite">
      <Facts
        of={[
          ...charges.map(({ type, label, amount }) => [nameOf(type, label), money(amount)] as const),
          [m('mailing.total'), <strong key="total">{money(of.total)}</strong>],
          [m('mailing.to_collect'), <strong key="collect">{money(of.to_collect)}</strong>],
        ]}
      />
      {of.needs_consent && (
        <Checkbox
          label={m('mailing.consent', { price: money(of.total) })}
          checked={paying.isAgreed}
          onCheck={(isAgreed) => onPaying({ ...paying, isAgreed })}
        />
      )}
      {of.to_collect.amount_minor > 0 && (
        <BigChoices
          legend={m('mailing.paid_by', { price: money(of.to_collect) })}
          value={paying.method}
          onChoice={(method) => onPaying({ ...paying, method })}
          columns={2}
          choices={(['cash', 'card'] as const).map((value) => ({ value, label: m(`paid.${value}`) }))}
        />
      )}
    </div>
  );
}
