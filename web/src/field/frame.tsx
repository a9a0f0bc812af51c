import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { homeOf } from '../ground/homes.ts';
import { activeOf, type MenuItem } from '../ground/menu.ts';
import { queryClient } from '../ground/reads.ts';
import { type Session, useSession, WithSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { cx } from '../kit/class-names.ts';
import { Boundary, Empty, Failure, Loading } from '../kit/states.tsx';
import { Badge, Status } from '../kit/status.tsx';
import { Toasts } from '../kit/toast.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { installWorker } from './install.ts';
import { resume, runQueue, useQueue } from './queue.ts';
import { countsOf, type Dispatcher } from './record.ts';
import { confirmSession, useFieldSession } from './session.ts';
import { FIELD_WORDS } from './words.ts';

export type FieldFaceProps<Task> = {
  /** `/courier`: where its screens are, and what works without a network. */
  readonly home: string;
  readonly useName: () => string;
  readonly roles: readonly string[];
  readonly useTabs: () => readonly MenuItem[];
  readonly dispatcher: Dispatcher<Task>;
  readonly children: ReactNode;
};

/** Around a face for people on their feet: session and queue that outlive the network, big tabs at the thumb. */
export function FieldFace<Task>(props: FieldFaceProps<Task>) {
  const { home } = props;
  useEffect(() => installWorker(home), [home]);
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<Bare />}>
        <Gate {...props} />
        <Toasts />
      </Suspense>
    </QueryClientProvider>
  );
}

function Bare() {
  return <div className="min-h-dvh bg-ground" />;
}

function Gate<Task>(props: FieldFaceProps<Task>) {
  const session = useFieldSession();
  const t = useWords(KIT_WORDS);
  if (session.isPending) return <Bare />;
  if (session.data === undefined)
    return (
      <main className="mx-auto max-w-xl p-6">
        <h1 className="sr-only">Postroad</h1>
        <Failure error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  if (session.data === null) return <LoggedOut />;
  const { role } = session.data.person;
  if (!props.roles.includes(role))
    return (
      <main className="mx-auto grid max-w-xl gap-3 p-8">
        <h1 className="text-xl font-semibold">{t('access.other_face')}</h1>
        <a className="text-accent underline" href={homeOf(role) ?? '/login'}>
          {t('access.go_home')}
        </a>
      </main>
    );
  return (
    <WithSession session={session.data}>
      <Working session={session.data} {...props} />
    </WithSession>
  );
}

function LoggedOut() {
  const t = useWords(FIELD_WORDS);
  const k = useWords(KIT_WORDS);
  useEffect(() => {
    const back = location.pathname + location.search;
    if (navigator.onLine) location.replace(`/login?next=${encodeURIComponent(back)}`);
  }, []);
  if (navigator.onLine) return <Bare />;
  return (
    <main className="mx-auto grid max-w-xl gap-3 p-8">
      <h1 className="text-xl font-semibold">{t('me.logged_out')}</h1>
      <p className="text-soft">{t('me.logged_out_hint')}</p>
      <a className="text-accent underline" href="/login">
        {k('action.log_in')}
      </a>
    </main>
  );
}

function Working<Task>({
  session,
  home,
  useName,
  useTabs,
  dispatcher,
  children,
}: FieldFaceProps<Task> & { readonly session: Session }) {
  const { world, person, csrf_token } = session;
  useEffect(
    () => runQueue({ person: person.id, world }, dispatcher, confirmSession),
    [person.id, world, dispatcher],
  );
  // A session that the server has just confirmed: what stopped for want of one goes on.
  useEffect(() => {
    if (csrf_token !== '') resume();
  }, [csrf_token]);
  const name = useName();
  const [path] = useLocation();
  const tabs = useAllTabs(home, useTabs());
  return (
    <div className="flex min-h-dvh flex-col pb-[calc(4rem+env(safe-area-inset-bottom))] lg:pb-0">
      <Skip />
      <header className="sticky top-0 z-20 flex min-h-14 items-center gap-3 border-b border-line bg-card px-3 py-1.5">
        <Brand name={name} />
        <World />
        <Tabs tabs={tabs} path={path} label={name} isWide />
        <span className="ml-auto">
          <QueueLink home={home} />
        </span>
      </header>
      <main id="content" className="mx-auto w-full max-w-[64rem] flex-1 px-3 py-4 sm:px-6">
        <Boundary at={path}>
          <Suspense fallback={<Loading rows={8} />}>{children}</Suspense>
        </Boundary>
      </main>
      <Tabs tabs={tabs} path={path} label={name} />
    </div>
  );
}

function Skip() {
  const t = useWords(KIT_WORDS);
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-card focus:p-2"
    >
      {t('skip')}
    </a>
  );
}

function World() {
  const t = useWords(KIT_WORDS);
  return <Badge>{t(`world.${useSession().world}`)}</Badge>;
}

function useAllTabs(home: string, tabs: readonly MenuItem[]): readonly MenuItem[] {
  const t = useWords(FIELD_WORDS);
  return [
    ...tabs,
    { to: `${home}/records`, label: t('nav.records') },
    { to: `${home}/me`, label: t('nav.me') },
  ];
}

/** At the thumb on a phone, in the head where there is room. */
function Tabs({
  tabs,
  path,
  label,
  isWide,
}: {
  readonly tabs: readonly MenuItem[];
  readonly path: string;
  readonly label: string;
  readonly isWide?: boolean;
}) {
  const here = activeOf(tabs, path);
  return (
    <nav
      aria-label={label}
      className={cx(
        'screen-only gap-1',
        isWide
          ? 'hidden lg:flex'
          : 'fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-card px-1 pb-[env(safe-area-inset-bottom)] lg:hidden',
      )}
    >
      {tabs.map(({ to, label: text }) => (
        <Link
          key={to}
          href={to}
          aria-current={to === here ? 'page' : undefined}
          className={cx(
            'grid place-items-center px-2 text-center font-medium no-underline',
            isWide
              ? 'min-h-11 rounded-md hover:bg-sunk'
              : 'min-h-16 min-w-0 flex-1 border-t-3 border-transparent text-sm leading-tight',
            to === here && (isWide ? 'bg-accent-soft' : 'border-accent! font-semibold'),
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}

/** Is all sent? Leads to the records. */
function QueueLink({ home }: { readonly home: string }) {
  const t = useWords(FIELD_WORDS);
  const { records, stopped, isSending } = useQueue();
  const { waiting, refused } = countsOf(records);
  const isOffline = stopped === 'offline';
  return (
    <Link
      href={`${home}/records`}
      className="flex min-h-12 flex-wrap items-center justify-end gap-1 no-underline"
    >
      {isOffline && <Status tone="warn">{t('net.offline')}</Status>}
      {refused > 0 && <Status tone="bad">{t('queue.refused', { count: refused })}</Status>}
      {waiting > 0 ? (
        <Status tone={isSending ? 'move' : 'warn'}>{t('queue.waiting', { count: waiting })}</Status>
      ) : (
        refused === 0 && !isOffline && <Status tone="ok">{t('queue.all_sent')}</Status>
      )}
    </Link>
  );
}

export function NoScreen() {
  return (
    <>
      <h1 className="sr-only">404</h1>
      <Empty title="404" />
    </>
  );
}
