import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { LOGIN_WORDS } from './words.ts';

/** Accepts an invitation. Its token stands behind the `#`, which browsers send to nobody. */
export function Invitation() {
  const t = useWords(LOGIN_WORDS);
  const kit = useWords(KIT_WORDS);
  const token = location.hash.slice(1);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const act = useAct(() => api.post('/v1/invitations/acceptance', { body: { token, name, password } }));
  const errors = fieldErrors(act.error);
  if (act.isSuccess)
    return (
      <div className="grid gap-3">
        <h1 className="text-xl font-semibold">{t('invitation.title')}</h1>
        <Notice tone="ok">{t('invitation.done')}</Notice>
        <ButtonLink to="/login" look="primary">
          {kit('action.log_in')}
        </ButtonLink>
      </div>
    );
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined);
      }}
    >
      <h1 className="text-xl font-semibold">{t('invitation.title')}</h1>
      {token === '' ? (
        <Notice tone="warn">{t('invitation.missing')}</Notice>
      ) : (
        <>
          <p className="text-soft">{t('invitation.lead')}</p>
          <Field label={t('invitation.name')} error={errors['/name']}>
            <Input required autoComplete="name" maxLength={120} value={name} onText={setName} />
          </Field>
          <Field label={t('password')} error={errors['/password']}>
            <Input
              type="password"
              required
              autoComplete="new-password"
              minLength={12}
              value={password}
              onText={setPassword}
            />
          </Field>
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending} wide>
            {t('invitation.do')}
          </Button>
        </>
      )}
    </form>
  );
}
