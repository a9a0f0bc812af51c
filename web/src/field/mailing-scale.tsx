import { type ReactNode, useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { CONTENTS } from '../parties/sendable.ts';
import { PARTY_WORDS } from '../parties/words.ts';
import { DutyFields } from './duties.tsx';
import { MAIL_WORDS } from './mail-words.ts';
import { type CounterMailing, type MailingIntake, NOTHING_SEEN, paidOf, seenOf } from './mailing-intake.ts';
import { NOTHING_PAID, PriceFields } from './mailing-price.tsx';
import { gramsOf } from './scanned.ts';

const foundOf = (of: CounterMailing, contents: string, weight_grams: number) => ({
  goods_class: contents as MailingIntake['goods_class'],
  measured: { weight_grams, ...(of.declared.size === undefined ? {} : { size: of.declared.size }) },
});

/** What was seen of a mailing, what lies on the scale and how it is paid; `intake`: all of it, undefined while something is left. */
export function useMailingScale(of: CounterMailing) {
  const [weight, setWeight] = useState('');
  const [contents, setContents] = useState<string>(of.goods.goods_class);
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const [paying, setPaying] = useState(NOTHING_PAID);
  const grams = gramsOf(weight);
  const found = grams === undefined ? undefined : foundOf(of, contents, grams);
  const ask = useAct(
    (body: ReturnType<typeof foundOf>) =>
      api.post('/v1/mailings/{mailing_id}/counter-price', {
        params: { path: { mailing_id: of.mailing_id } },
        body,
      }),
    { done: () => setPaying(NOTHING_PAID) },
  );
  // A price is that of what lies on the scale: another weight is asked for again.
  const isOf = found !== undefined && JSON.stringify(found) === JSON.stringify(ask.variables);
  const price = isOf ? ask.data : undefined;
  const looked = seenOf(of.duties, seen);
  const paid = price && paidOf(price, paying);
  const intake: MailingIntake | undefined =
    found === undefined || looked === undefined || paid === undefined
      ? undefined
      : { ...found, ...looked, ...paid };
  return {
    ...{ weight, setWeight, contents, setContents, seen, setSeen, paying, setPaying },
    ...{ found, ask, price, intake },
    isNoWeight: weight !== '' && grams === undefined,
  };
}

/** Looked into, weighed, priced; `children`: what takes it in. */
export function MailingScale({
  of,
  on,
  children,
}: {
  readonly of: CounterMailing;
  readonly on: ReturnType<typeof useMailingScale>;
  readonly children: ReactNode;
}) {
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { found, ask, price } = on;
  return (
    <>
      <Card title={m('mailing.look')}>
        <div className="grid gap-4">
          <DutyFields of={of.duties} seen={on.seen} onSeen={on.setSeen} />
        </div>
      </Card>
      <Card title={m('mailing.parcel')}>
        <div className="grid gap-4">
          <Field
            label={m('mailing.weight')}
            hint={m('mailing.weight_hint')}
            error={on.isNoWeight ? m('mailing.weight_wrong') : undefined}
          >
            <Input value={on.weight} onText={on.setWeight} inputMode="decimal" mono />
          </Field>
          <Field label={m('mailing.contents')}>
            <Select
              value={on.contents}
              onChoice={on.setContents}
              choices={[...new Set<string>([of.goods.goods_class, ...CONTENTS])].map((value) => ({
                value,
                label: contentsOf(value, p),
              }))}
            />
          </Field>
          {price === undefined ? (
            <Button
              size="large"
              wide
              busy={ask.isPending}
              disabled={found === undefined}
              onClick={() => found !== undefined && ask.mutate(found)}
            >
              {m('mailing.price')}
            </Button>
          ) : (
            <PriceFields of={price} charges={price.charges} paying={on.paying} onPaying={on.setPaying} />
          )}
          {ask.error && <Failure error={ask.error} />}
          {children}
        </div>
      </Card>
    </>
  );
}

/** A class as people say it; one that a line of its own knows as it is written. */
export function contentsOf(value: string, p: (key: `goods.${(typeof CONTENTS)[number]}`) => string): string {
  const known = CONTENTS.find((one) => one === value);
  return known === undefined ? value.replaceAll('_', ' ') : p(`goods.${known}`);
}
