import { type ReactNode, useState } from 'react';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { SOURCE_WORDS } from './words.ts';

type AskedField = { readonly name: string; readonly about: string };
type GivenFields = Readonly<Record<string, string>>;
type Interface = {
  readonly code: string;
  /** The carrier's document of it. */
  readonly source: string;
  readonly fields: readonly AskedField[];
};
type NewConnectionBody = {
  readonly connector: string;
  readonly label: string;
  readonly fields: Record<string, string>;
};

/** Chooses an interface and gives what it asks for. */
export function NewConnection({
  title,
  submit,
  done,
  choices,
  create,
}: {
  readonly title: string;
  readonly submit: string;
  /** What is said when it is there. */
  readonly done: string;
  readonly choices: readonly Interface[];
  readonly create: (body: NewConnectionBody) => Promise<unknown>;
}) {
  const t = useWords(SOURCE_WORDS);
  const [code, setCode] = useState('');
  const [label, setLabel] = useState('');
  const [given, setGiven] = useState<GivenFields>({});
  const chosen = choices.find((one) => one.code === code);
  const asked = chosen?.fields ?? [];
  const act = useAct(() => create({ connector: code, label: label.trim(), fields: givenFor(asked, given) }), {
    touches: [['sources']],
    done: () => {
      setCode('');
      setLabel('');
      setGiven({});
      toast('ok', done);
    },
  });
  return (
    <Card title={title}>
      <ActForm act={act} submit={submit} disabled={chosen === undefined}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('link.connector')} hint={chosen?.source}>
            <Select
              value={chosen?.code ?? ''}
              onChoice={setCode}
              choices={[
                { value: '', label: t('connect.choose') },
                ...choices.map((one) => ({ value: one.code, label: one.code })),
              ]}
            />
          </Field>
          <Field
            label={t('connect.label')}
            hint={t('connect.label_hint')}
            error={fieldErrors(act.error)['/label']}
          >
            <Input maxLength={100} value={label} onText={setLabel} />
          </Field>
          <SecretFields asked={asked} given={given} onGiven={setGiven} />
        </div>
      </ActForm>
    </Card>
  );
}

/** Other fields in the place of those that nobody can see any more. */
export function Rotation({
  connector,
  explained,
  asked = [],
  more,
  rotate,
  onClose,
}: {
  readonly connector: string;
  readonly explained: string;
  /** What else there is to choose. */
  readonly more?: ReactNode;
  /** Absent until it is known. */
  readonly asked?: readonly AskedField[] | undefined;
  readonly rotate: (fields: Record<string, string>) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const t = useWords(SOURCE_WORDS);
  const [given, setGiven] = useState<GivenFields>({});
  const act = useAct(() => rotate(givenFor(asked, given)), {
    touches: [['sources']],
    done: () => {
      toast('ok', t(more === undefined ? 'connect.rotated' : 'connect.push_rotated'));
      onClose();
    },
  });
  return (
    <Dialog open onOpen={onClose} title={t('connect.rotate_title', { connector })}>
      <ActForm act={act} submit={t('connect.rotate')} disabled={asked.length === 0}>
        <p>{explained}</p>
        <SecretFields asked={asked} given={given} onGiven={setGiven} />
        {more}
      </ActForm>
    </Dialog>
  );
}

export function Removal({
  connector,
  explained,
  done,
  remove,
  onClose,
}: {
  readonly connector: string;
  readonly explained: string;
  readonly done: string;
  readonly remove: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const t = useWords(SOURCE_WORDS);
  const act = useAct(remove, {
    touches: [['sources']],
    done: () => {
      toast('ok', done);
      onClose();
    },
  });
  return (
    <Dialog open onOpen={onClose} title={t('connect.remove_title', { connector })}>
      <ActForm act={act} submit={t('connect.remove')} look="danger">
        <p>{explained}</p>
      </ActForm>
    </Dialog>
  );
}

/** What a carrier asks for, each hidden while it is typed. */
function SecretFields({
  asked,
  given,
  onGiven,
}: {
  readonly asked: readonly AskedField[];
  readonly given: GivenFields;
  readonly onGiven: (given: GivenFields) => void;
}) {
  return asked.map(({ name, about }) => (
    <Field key={name} label={name} hint={about}>
      <Input
        required
        type="password"
        autoComplete="new-password"
        maxLength={2_000}
        value={given[name] ?? ''}
        onText={(text) => onGiven({ ...given, [name]: text })}
      />
    </Field>
  ));
}

/** Exactly what is asked for, without what was typed for another interface. */
const givenFor = (asked: readonly AskedField[], given: GivenFields): Record<string, string> =>
  Object.fromEntries(asked.map(({ name }) => [name, (given[name] ?? '').trim()]));
