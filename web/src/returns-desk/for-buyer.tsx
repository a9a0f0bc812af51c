import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Textarea } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { RETURN_TOUCHES, returnPath } from './act-parts.ts';
import type { Return, State } from './parts.tsx';
import { DESK_WORDS } from './words.ts';

const MAY = {
  accept_screening: ['screened'],
  amend: ['amend'],
  confirm_replacement: ['replacement_sent'],
  escalate: ['agreed', 'refused', 'screened'],
  refund_instead: ['replacement_pending', 'amend'],
  withdraw: ['applied', 'agreed', 'routed', 'code_issued', 'refused', 'platform_intervention'],
} as const satisfies Readonly<Record<string, readonly State[]>>;
type Name = keyof typeof MAY;
const NAMES = Object.keys(MAY) as readonly Name[];

/** A marketplace speaks for its buyer, who called its service. */
export function ForBuyer({ of }: { readonly of: Return }) {
  const open = NAMES.filter((name) => (MAY[name] as readonly State[]).includes(of.state));
  const [first] = open;
  return first === undefined ? null : <Form of={of} open={open} first={first} />;
}

function Form({
  of,
  open,
  first,
}: {
  readonly of: Return;
  readonly open: readonly Name[];
  readonly first: Name;
}) {
  const t = useWords(DESK_WORDS);
  const [action, setAction] = useState<Name>(first);
  const [text, setText] = useState('');
  const needsText = action === 'escalate' || action === 'amend';
  const given = text.trim().replace(/\s+/g, ' ');
  const act = useAct(
    () =>
      api.post('/v1/returns/{return_id}/buyer-actions', {
        params: returnPath(of),
        body:
          action === 'escalate'
            ? { action, reason: given }
            : action === 'amend'
              ? { action, wanted: given }
              : { action },
      }),
    { touches: RETURN_TOUCHES, done: () => toast('ok', t('buyer.done')) },
  );
  return (
    <Card title={t('buyer')}>
      <p className="mb-4 text-sm text-soft">{t('buyer.hint')}</p>
      <ActForm
        act={act}
        submit={t('buyer.do')}
        look={action === 'withdraw' ? 'danger' : 'primary'}
        disabled={needsText && given === ''}
      >
        <Choices
          legend={t('buyer.what')}
          value={action}
          onChoice={setAction}
          choices={open.map((value) => ({ value, label: t(`buyer.${value}`) }))}
        />
        {needsText && (
          <Field label={t(action === 'amend' ? 'buyer.amend.text' : 'buyer.escalate.text')}>
            <Textarea rows={3} maxLength={action === 'amend' ? 200 : 500} value={text} onText={setText} />
          </Field>
        )}
      </ActForm>
    </Card>
  );
}
