import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect } from 'react';
import { Route, Switch } from 'wouter';
import { homeOf } from '../ground/homes.ts';
import { Preferences } from '../ground/preferences.tsx';
import { queryClient } from '../ground/reads.ts';
import { logOut, type Session, useSessionQuery } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { Button } from '../kit/button.tsx';
import { Loading } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { Invitation } from './invitation.tsx';
import { LogInForm } from './log-in-form.tsx';
import { LOGIN_WORDS } from './words.ts';

export function Face() {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<div className="min-h-dvh" />}>
        <Frame>
          <Switch>
            <Route path="/invitation">
              <Invitation />
            </Route>
            <Route>
              <Entrance />
            </Route>
          </Switch>
        </Frame>
      </Suspense>
    </QueryClientProvider>
  );
}

/** The one place inside of ours that somebody wanted to reach; anything else is not followed. */
export function nextOf(search: string): string | undefined {
  const next = new URLSearchParams(search).get('next');
  return next !== null && /^\/(?![/\\])/.test(next) ? next : undefined;
}

function Entrance() {
  const session = useSessionQuery();
  if (session.isPending) return <Loading rows={3} />;
  return session.data ? <Inside session={session.data} /> : <LogInForm onIn={enter} />;
}

function enter(session: Session): void {
  const home = homeOf(session.person.role);
  location.assign(nextOf(location.search) ?? home ?? '/login');
}

/** Already logged in: on to one's screens, or a word when there are none for the role. */
function Inside({ session }: { readonly session: Session }) {
  const t = useWords(LOGIN_WORDS);
  const kit = useWords(KIT_WORDS);
  const home = homeOf(session.person.role);
  const isEntrance = location.pathname === '/' && home !== undefined;
  useEffect(() => {
    if (isEntrance) location.replace(home);
  }, [isEntrance, home]);
  return (
    <div className="grid gap-3">
      <h1 className="text-lg font-semibold">{t('here', { name: session.person.name })}</h1>
      {home === undefined ? (
        <Notice tone="idle">{t('no_face', { role: session.person.role })}</Notice>
      ) : (
        <a className="text-accent underline" href={home}>
          {t('go')}
        </a>
      )}
      <div>
        <Button onClick={() => void logOut().finally(() => location.assign('/login'))}>
          {kit('action.log_out')}
        </Button>
      </div>
    </div>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useWords(LOGIN_WORDS);
  useEffect(() => {
    document.title = `${t('title')} · Postroad`;
  }, [t]);
  return (
    <div className="mx-auto grid min-h-dvh max-w-md content-center gap-5 px-4 py-8">
      <header className="grid gap-3">
        <Brand name="" />
        <p className="text-soft">{t('lead')}</p>
      </header>
      <main className="rounded-lg border border-line bg-card p-5">{children}</main>
      <footer className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <span className="flex gap-4">
          <a className="text-accent underline" href="/track">
            {t('track')}
          </a>
          <a className="text-accent underline" href="/docs">
            {t('api')}
          </a>
        </span>
        <Preferences />
      </footer>
    </div>
  );
}
