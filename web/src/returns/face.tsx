import { type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { Preferences } from '../ground/preferences.tsx';
import { loadWords, useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { Boundary, Failure, Loading, OwnRefusals } from '../kit/states.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { REFUSAL_WORDS } from '../words/refusals.ts';
import { RETURN_WORDS } from '../words/returns.ts';
import { Apply } from './apply.tsx';
import { Choose } from './choose.tsx';
import { OrderView } from './order.tsx';
import { usePortal, WithPortal } from './portal.tsx';
import { ReturnView } from './return.tsx';
import { StartForm } from './start-form.tsx';
import { keptVisit } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

export const ready = loadWords(PORTAL_WORDS, RETURN_WORDS, KIT_WORDS);

/** Goods go back without an account: as light as the tracking page. */
export function Face() {
  return (
    <Suspense fallback={null}>
      <OwnRefusals value={REFUSAL_WORDS}>
        <WithPortal>
          <Frame>
            <Boundary at="">
              <Screens />
            </Boundary>
          </Frame>
        </WithPortal>
      </OwnRefusals>
    </Suspense>
  );
}

/** Where one is within the order stands behind `#`, so that a phone's way back leads back. */
function useHash(): string {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    () => location.hash.slice(1),
  );
}

function Screens() {
  const { visit, order, error, isOver, reload } = usePortal();
  if (visit === undefined) return <StartForm />;
  return (
    <>
      {isOver && <StartForm again={visit} />}
      {error !== undefined && <Failure error={error} retry={() => void reload()} />}
      {/* What was typed stays where it is until the buyer has begun again. */}
      <div hidden={isOver} className={isOver ? undefined : 'grid min-w-0 content-start gap-4'}>
        {order === undefined ? error === undefined && <Loading rows={7} /> : <Within />}
      </div>
    </>
  );
}

function Within() {
  const { order } = usePortal();
  const [place = '', more] = useHash().split('/');
  const one = order?.returns.find(({ id }) => id === place);
  if (place === 'apply') return <Apply />;
  if (one === undefined) return <OrderView />;
  return more === 'way' ? <Choose key={one.id} of={one} /> : <ReturnView key={one.id} of={one} />;
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useWords(PORTAL_WORDS);
  const { visit, leave } = usePortal();
  const isTest = (visit ?? keptVisit(location.search))?.world === 'test';
  return (
    <div className="mx-auto grid min-h-dvh max-w-3xl grid-rows-[auto_1fr_auto] gap-4 px-4 py-4 sm:py-6">
      <header className="screen-only flex flex-wrap items-center justify-between gap-3">
        <Brand name={t('name')} />
        <Preferences />
      </header>
      <main className="grid min-w-0 content-start gap-4">{children}</main>
      <footer className="grid gap-1 text-sm text-soft">
        {isTest && <p>{t('test.here')}</p>}
        <p>{t('privacy')}</p>
        {visit !== undefined && (
          <p className="screen-only">
            <button
              type="button"
              onClick={leave}
              className="min-h-6 cursor-pointer text-accent underline pointer-coarse:min-h-11"
            >
              {t('leave')}
            </button>
          </p>
        )}
      </footer>
    </div>
  );
}
