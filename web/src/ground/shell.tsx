import { QueryClientProvider } from '@tanstack/react-query';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Brand } from '../kit/brand.tsx';
import { cx } from '../kit/class-names.ts';
import { Drawer } from '../kit/overlay.tsx';
import { Boundary, Failure, Loading } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { Toasts } from '../kit/toast.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { homeOf } from './homes.ts';
import { useLiveChanges } from './live.ts';
import { activeOf, type MenuItem } from './menu.ts';
import { Preferences } from './preferences.tsx';
import { queryClient } from './reads.ts';
import { logOut, useSession, useSessionQuery, WithSession } from './session.tsx';
import { useWords } from './words.ts';

export type MenuGroup = { readonly label?: string; readonly items: readonly MenuItem[] };

/** Everything around a face for people who log in: the session, what is asked of the server, the frame. */
export function StaffFace({
  name,
  roles,
  useMenu,
  children,
}: {
  /** What the face is called in its own words. */
  readonly name: () => string;
  /** Whose home this is; others are sent to theirs. */
  readonly roles: readonly string[];
  /** The menu of who is logged in: what the access table lets him do. */
  readonly useMenu: () => readonly MenuGroup[];
  readonly children: ReactNode;
}) {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={null}>
        <Gate roles={roles}>
          <Frame useName={name} useMenu={useMenu}>
            {children}
          </Frame>
        </Gate>
        <Toasts />
      </Suspense>
    </QueryClientProvider>
  );
}

function Gate({ roles, children }: { readonly roles: readonly string[]; readonly children: ReactNode }) {
  const session = useSessionQuery();
  const t = useWords(KIT_WORDS);
  if (session.isPending) return null;
  if (session.error)
    return (
      <main className="mx-auto max-w-xl p-6">
        <Failure error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  if (session.data === null) {
    const back = location.pathname + location.search;
    location.replace(`/login?next=${encodeURIComponent(back)}`);
    return null;
  }
  const { role } = session.data.person;
  if (!roles.includes(role))
    return (
      <main className="mx-auto grid max-w-xl gap-3 p-8">
        <h1 className="text-xl font-semibold">{t('access.other_face')}</h1>
        <a className="text-accent underline" href={homeOf(role) ?? '/login'}>
          {t('access.go_home')}
        </a>
      </main>
    );
  return <WithSession session={session.data}>{children}</WithSession>;
}

function Frame({
  useName,
  useMenu,
  children,
}: {
  readonly useName: () => string;
  readonly useMenu: () => readonly MenuGroup[];
  readonly children: ReactNode;
}) {
  const t = useWords(KIT_WORDS);
  useLiveChanges();
  const name = useName();
  const menu = useMenu();
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] lg:grid-rows-[1fr] lg:grid-cols-[14rem_1fr] print:block">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-card focus:p-2"
      >
        {t('skip')}
      </a>
      <header className="screen-only flex items-center gap-3 border-b border-line bg-card px-3 py-2 lg:hidden">
        <button
          type="button"
          aria-label={t('action.menu')}
          className="grid size-11 cursor-pointer place-items-center rounded-md hover:bg-sunk"
          onClick={() => setOpen(true)}
        >
          <svg
            viewBox="0 0 16 12"
            width="18"
            height="14"
            stroke="currentColor"
            strokeWidth="1.8"
            aria-hidden="true"
          >
            <path d="M0 1h16M0 6h16M0 11h16" />
          </svg>
        </button>
        <Brand name={name} />
        <World />
      </header>
      <Drawer title={name} open={open} onOpen={setOpen} side="left">
        <Menu menu={menu} label={name} path={path} onGo={() => setOpen(false)} />
        <Foot />
      </Drawer>
      <aside className="screen-only sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r border-line bg-card px-3 py-4 lg:flex">
        <div className="mb-5 flex flex-wrap items-center justify-between gap-2 px-2">
          <Brand name={name} />
          <World />
        </div>
        <Menu menu={menu} label={name} path={path} onGo={() => undefined} />
        <Foot />
      </aside>
      <main id="content" className="min-w-0 px-4 py-5 sm:px-7 sm:py-6 print:p-0">
        <div className="mx-auto max-w-[76rem]">
          <Boundary at={path}>
            <Suspense fallback={<Loading rows={8} />}>{children}</Suspense>
          </Boundary>
        </div>
      </main>
    </div>
  );
}

function World() {
  const t = useWords(KIT_WORDS);
  return <Badge>{t(`world.${useSession().world}`)}</Badge>;
}

function Menu({
  menu,
  label,
  path,
  onGo,
}: {
  readonly menu: readonly MenuGroup[];
  readonly label: string;
  readonly path: string;
  readonly onGo: () => void;
}) {
  const all = menu.flatMap((group) => group.items);
  const here = activeOf(all, path);
  return (
    <nav aria-label={label} className="flex-1">
      {menu.map((group) => (
        <div key={group.label ?? ''} className="mb-4">
          {group.label && <p className="caption px-2 pb-1">{group.label}</p>}
          <ul>
            {group.items.map((item) => (
              <li key={item.to}>
                <Link
                  href={item.to}
                  onClick={onGo}
                  aria-current={item.to === here ? 'page' : undefined}
                  className={cx(
                    'flex min-h-8 items-center rounded-md px-2 no-underline hover:bg-sunk pointer-coarse:min-h-11',
                    item.to === here && 'bg-accent-soft font-semibold',
                  )}
                >
                  {item.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Foot() {
  const t = useWords(KIT_WORDS);
  const { person } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-4 grid gap-2 border-t border-line px-2 pt-3">
      <Preferences />
      <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
        <DropdownMenu.Trigger className="grid min-h-9 cursor-pointer rounded-md px-1 text-left hover:bg-sunk pointer-coarse:min-h-11">
          <span className="sr-only">{t('account.label')}</span>
          <span className="truncate font-medium">{person.name}</span>
          <span className="truncate text-xs text-soft">{person.email}</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content
          align="start"
          className="z-60 min-w-44 rounded-md border border-line bg-card p-1 shadow-float"
        >
          <DropdownMenu.Item
            className="cursor-pointer rounded-sm px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
            onSelect={() => void logOut().finally(() => location.assign('/login'))}
          >
            {t('action.log_out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </div>
  );
}
