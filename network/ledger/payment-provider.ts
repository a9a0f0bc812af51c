import type { Money } from '../kernel/index.ts';
import type { TopUpId } from './model.ts';

/**
 * Port to whoever brings money in. `start` is pure or idempotent by `topUpId`: it gives what the payer needs; the
 * money itself arrives as a confirmation. A card provider confirms through its own signed callback.
 */
export type PaymentProvider = {
  readonly name: string;
  start(request: { readonly topUpId: TopUpId; readonly amount: Money }): {
    readonly paymentReference: string;
    readonly instructions: string;
  };
};

/** The built-in provider: the payer transfers with a structured reference, the operator confirms the arrival. */
export const bankTransfer: PaymentProvider = {
  name: 'bank_transfer',
  start: ({ topUpId }) => ({
    paymentReference: creditorReference(topUpId.slice(-21).toUpperCase()),
    instructions:
      'Transfer the amount to the bank account of the operator and give the payment reference as purpose.',
  }),
};

/** ISO 11649 creditor reference: `RF`, two check digits (ISO 7064 MOD 97-10), up to 21 letters and digits. */
export function creditorReference(body: string): string {
  if (!/^[0-9A-Z]{1,21}$/.test(body))
    throw new RangeError('a creditor reference has 1 to 21 letters and digits');
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`;
}

export function isCreditorReference(text: string): boolean {
  return /^RF\d{2}[0-9A-Z]{1,21}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1;
}

function mod97(text: string): number {
  let rest = 0;
  for (const letter of text) {
    for (const digit of String(Number.parseInt(letter, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest;
}
