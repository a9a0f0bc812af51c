import { useState } from 'react';
import { isProblem } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { logIn, type Session } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { LOGIN_WORDS } from './words.ts';

type World = 'live' | 'test';

const STORED = 'postroad-world';

export function LogInForm({ onIn }: { readonly onIn: (session: Session) => void }) {
  const t = useWords(LOGIN_WORDS);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [world, setWorld] = useState<World>(lastWorld);
  const act = useAct(logIn, { done: onIn });
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        keepWorld(world);
        act.mutate({ email: email.trim(), password, world });
      }}
    >
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      {!window.isSecureContext && <Notice tone="warn">{t('insecure')}</Notice>}
      <Field label={t('email')}>
        <Input type="email" required autoComplete="username" value={email} onText={setEmail} />
      </Field>
      <Field label={t('password')}>
        <Input
          type="password"
          required
          autoComplete="current-password"
          value={password}
          onText={setPassword}
        />
      </Field>
      <div className="grid gap-1">
        <Choices
          legend={t('world')}
          value={world}
          onChoice={setWorld}
          choices={[
            { value: 'test', label: t('world.test') },
            { value: 'live', label: t('world.live') },
          ]}
        />
        <p className="text-xs text-soft">{t('world.hint')}</p>
      </div>
      <Refusal error={act.error} />
      <Button type="submit" look="primary" busy={act.isPending} wide>
        {t('title')}
      </Button>
    </form>
  );
}

function Refusal({ error }: { readonly error: Error | null }) {
  const t = useWords(LOGIN_WORDS);
  if (error === null) return null;
  if (isProblem(error, 'log_in_refused') || isProblem(error, 'invalid_request'))
    return <Notice tone="bad">{t('refused')}</Notice>;
  if (isProblem(error, 'device_needed'))
    return <Notice tone="bad">{t(window.isSecureContext ? 'device_needed' : 'device_insecure')}</Notice>;
  if (isProblem(error, 'device_blocked')) return <Notice tone="bad">{t('device_blocked')}</Notice>;
  if (isProblem(error, 'device_proof_refused')) return <Notice tone="bad">{t('device_proof')}</Notice>;
  if (isProblem(error, 'log_in_slowed'))
    return (
      <Notice tone="warn">
        {error.retryAfterSeconds === undefined
          ? t('slowed_some')
          : t('slowed', { seconds: Math.ceil(error.retryAfterSeconds) })}
      </Notice>
    );
  return <Failure error={error} />;
}

function lastWorld(): World {
  try {
    return localStorage.getItem(STORED) === 'live' ? 'live' : 'test';
  } catch {
    return 'test';
  }
}

function keepWorld(world: World): void {
  try {
    localStorage.setItem(STORED, world);
  } catch {
    // It is only a convenience.
  }
}
