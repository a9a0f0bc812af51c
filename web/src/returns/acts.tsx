import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { api } from '../ground/api.ts';
import { useLanguage } from '../ground/language.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Sheet } from './parts.tsx';
import { actIn, useReturnAct } from './portal.tsx';
import type { BuyerAct, Return } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

type State = Return['state'];
type Name = BuyerAct['action'];

/** What the buyer may say in which state; the room decides again. */
const MAY: Readonly<Record<Name, readonly State[]>> = {
  accept_screening: ['screened'],
  amend: ['amend'],
  confirm_replacement: ['replacement_sent'],
  declare_number: ['routed'],
  escalate: ['agreed', 'refused', 'screened'],
  refund_instead: ['replacement_pending', 'amend'],
  withdraw: ['applied', 'agreed', 'routed', 'code_issued', 'refused', 'platform_intervention'],
};
const ACTS = Object.keys(MAY) as readonly Name[];
/** What is done with one press once it was looked at. */
type Plain = Exclude<Name, 'amend' | 'declare_number' | 'escalate'>;

/** What the buyer can do now; a form opens below its button. */
export function Acts({ of }: { readonly of: Return }) {
  const t = useWords(PORTAL_WORDS);
  const [opened, setOpened] = useState<Name>();
  const open = ACTS.filter((name) => MAY[name].includes(of.state));
  const current = opened !== undefined && open.includes(opened) ? opened : undefined;
  if (open.length === 0) return null;
  return (
    <Sheet title={t('acts')}>
      <div className="flex flex-wrap gap-2">
        {open.map((name) => (
          <Button
            key={name}
            aria-expanded={name === current}
            onClick={() => setOpened(name === current ? undefined : name)}
          >
            {t(`act.${name}`)}
          </Button>
        ))}
      </div>
      {current !== undefined && (
        <div className="mt-4">
          <ActForm key={current} of={of} name={current} onDone={() => setOpened(undefined)} />
        </div>
      )}
    </Sheet>
  );
}

function ActForm({
  of,
  name,
  onDone,
}: {
  readonly of: Return;
  readonly name: Name;
  readonly onDone: () => void;
}) {
  const act = useReturnAct<BuyerAct>((token, said) => actIn(token, of.id, said), onDone);
  if (name === 'declare_number') return <NumberForm act={act} />;
  if (name === 'escalate' || name === 'amend') return <TextForm name={name} act={act} />;
  return <SureForm name={name} act={act} />;
}

type Act = ReturnType<typeof useReturnAct<BuyerAct>>;

function Form({
  act,
  submit,
  look = 'primary',
  onSubmit,
  children,
}: {
  readonly act: Act;
  readonly submit: string;
  readonly look?: 'primary' | 'danger';
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      noValidate
      className="grid max-w-md gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {act.error !== undefined && <Failure error={act.error} />}
      <Button type="submit" look={look} size="large" busy={act.busy}>
        {submit}
      </Button>
    </form>
  );
}

function SureForm({ name, act }: { readonly name: Plain; readonly act: Act }) {
  const t = useWords(PORTAL_WORDS);
  return (
    <Form
      act={act}
      submit={t(`act.${name}.do`)}
      look={name === 'withdraw' ? 'danger' : 'primary'}
      onSubmit={() => act.run({ action: name })}
    >
      <p>{t(`act.${name}.hint`)}</p>
    </Form>
  );
}

function TextForm({ name, act }: { readonly name: 'escalate' | 'amend'; readonly act: Act }) {
  const t = useWords(PORTAL_WORDS);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const given = text.trim().replace(/\s+/g, ' ');
  return (
    <Form
      act={act}
      submit={t(`act.${name}.do`)}
      onSubmit={() => {
        setTried(true);
        if (given === '') return;
        act.run(name === 'amend' ? { action: name, wanted: given } : { action: name, reason: given });
      }}
    >
      <Field
        label={t(`act.${name}.text`)}
        hint={t(`act.${name}.hint`)}
        error={tried && given === '' ? t('act.text.missing') : undefined}
      >
        <Textarea value={text} onText={setText} maxLength={name === 'amend' ? 200 : 500} rows={3} />
      </Field>
    </Form>
  );
}

type Candidate = { readonly carrier: string; readonly name: string };

/** A number tells whose it may be; the buyer says it where it does not. */
function NumberForm({ act }: { readonly act: Act }) {
  const t = useWords(PORTAL_WORDS);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const [own, setOwn] = useState('');
  const [tried, setTried] = useState(false);
  const number = typed.toUpperCase().replace(/[\s-]/g, '');
  const isNumber = /^[A-Z0-9]{5,40}$/.test(number);
  const candidates = useCandidates(isNumber ? number : '');
  const picked = candidates.some(({ carrier }) => carrier === chosen) ? chosen : candidates[0]?.carrier;
  const isOther = picked === undefined || chosen === 'other';
  const carrier = isOther
    ? own
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    : picked;
  const isCarrier = /^[a-z0-9_]{2,64}$/.test(carrier);
  return (
    <Form
      act={act}
      submit={t('act.declare_number.do')}
      onSubmit={() => {
        setTried(true);
        if (isNumber && isCarrier) act.run({ action: 'declare_number', number, carrier_code: carrier });
      }}
    >
      <Field
        label={t('act.declare_number.number')}
        error={tried && !isNumber ? t('act.declare_number.wrong') : undefined}
      >
        <Input
          value={typed}
          onText={setTyped}
          maxLength={64}
          autoCapitalize="characters"
          spellCheck={false}
          mono
        />
      </Field>
      {candidates.length > 0 && (
        <Field label={t('act.declare_number.carrier')}>
          <Select
            value={isOther ? 'other' : picked}
            onChoice={setChosen}
            choices={[
              ...candidates.map((one) => ({ value: one.carrier, label: one.name })),
              { value: 'other', label: t('act.declare_number.other') },
            ]}
          />
        </Field>
      )}
      {isOther && (
        <Field
          label={t('act.declare_number.own')}
          error={tried && !isCarrier ? t('act.declare_number.own.wrong') : undefined}
        >
          <Input value={own} onText={setOwn} maxLength={64} />
        </Field>
      )}
    </Form>
  );
}

const WAIT_MS = 400;

/** Whose number it may be, likeliest first; nothing while it is typed. */
function useCandidates(number: string): readonly Candidate[] {
  const language = useLanguage();
  const [found, setFound] = useState<readonly Candidate[]>([]);
  useEffect(() => {
    let isShown = true;
    setFound([]);
    if (number === '') return;
    const timer = setTimeout(() => {
      api
        .get('/v1/numbers/{number}', { params: { path: { number } } })
        .then(({ candidates }) => {
          if (!isShown) return;
          const names = new Map(candidates.map(({ carrier, names }) => [carrier, names[language]]));
          setFound([...names].map(([carrier, name]) => ({ carrier, name })));
        })
        .catch(() => undefined); // a hint: without it the buyer writes the carrier himself
    }, WAIT_MS);
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, [number, language]);
  return found;
}
