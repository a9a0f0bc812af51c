import type { components, paths } from '@postroad/sdk';

export type MailingDuties = components['schemas']['MailingDuties'];
type Body<Path extends '/v1/mailings/{mailing_id}/intake' | '/v1/mailings/{mailing_id}/counter-refusal'> =
  paths[Path]['post']['requestBody']['content']['application/json'];
export type CounterMailing = components['schemas']['CounterMailing'];
export type MailingIntake = Body<'/v1/mailings/{mailing_id}/intake'>;
/** Why a counter or a courier takes no parcel. */
export type MailingRefusal = Body<'/v1/mailings/{mailing_id}/counter-refusal'>['reason'];

/** What the clerk saw and looked into so far. */
export type Seen = {
  readonly document: string | undefined;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly mark: string;
  readonly priceListShown: boolean;
};
export const NOTHING_SEEN: Seen = { document: undefined, checks: {}, mark: '', priceListShown: false };

export type SeenBody = Pick<
  MailingIntake,
  'document_kind' | 'checks' | 'inspection_mark' | 'price_list_shown'
>;

/** As the server takes it; undefined as long as something is left that the law of the place asks for. Pure. */
export function seenOf(duties: MailingDuties, seen: Seen): SeenBody | undefined {
  const { document, checks, mark, priceListShown } = seen;
  if (duties.needs_identity && document === undefined) return undefined;
  const isLookedInto = duties.checklist.every((check) => checks[check] === true) && mark.trim() !== '';
  if (duties.needs_inspection && !isLookedInto) return undefined;
  if (duties.needs_price_list && !priceListShown) return undefined;
  return {
    ...(document === undefined ? {} : { document_kind: document }),
    checks: duties.needs_inspection ? { ...checks } : {},
    ...(mark.trim() === '' ? {} : { inspection_mark: mark.trim() }),
    price_list_shown: priceListShown,
  };
}

type Money = NonNullable<MailingIntake['agreed_total']>;
export type Price = {
  readonly total: Money;
  readonly needs_consent: boolean;
  readonly to_collect: Money;
};
type PayMethod = NonNullable<MailingIntake['payment']>['method'];

/** Exactly what is to be collected, by the means that was chosen; undefined: something is left to be said. Pure. */
export function paidOf(
  { total, needs_consent, to_collect }: Price,
  said: { readonly isAgreed: boolean; readonly method: PayMethod | undefined },
): Pick<MailingIntake, 'agreed_total' | 'payment'> | undefined {
  if (needs_consent && !said.isAgreed) return undefined;
  const agreed = needs_consent ? { agreed_total: total } : {};
  if (to_collect.amount_minor === 0) return agreed;
  if (said.method === undefined) return undefined;
  return { ...agreed, payment: { method: said.method, amount: to_collect } };
}
