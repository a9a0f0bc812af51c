import { type ReactNode, Suspense, useState, useSyncExternalStore } from 'react';
import { Preferences } from '../ground/preferences.tsx';
import { loadWords, useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { Boundary, OwnRefusals } from '../kit/states.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { REFUSAL_WORDS } from '../words/refusals.ts';
import { tokenOf, worldOf } from './address.ts';
import { Ask, type Chosen } from './ask.tsx';
import { Own } from './own.tsx';
import { Send } from './send.tsx';
import { MAILING_WORDS } from './words.ts';

export const ready = loadWords(MAILING_WORDS, KIT_WORDS);

/** A person sends a parcel without an account: price, order, code; as light as the tracking page. */
export function Face() {
  return (
    <Suspense fallback={null}>
      <OwnRefusals value={REFUSAL_WORDS}>
        <Frame>
          <Boundary at="">
            <Screens />
          </Boundary>
        </Frame>
      </OwnRefusals>
    </Suspense>
  );
}

function useHash(): string {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    () => location.hash,
  );
}

function Screens() {
  const token = tokenOf(useHash());
  const [chosen, setChosen] = useState<Chosen>();
  if (token !== undefined) return <Own key={token} token={token} />;
  const send = (opened: string) => {
    setChosen(undefined);
    location.hash = opened;
  };
  return (
    <>
      {/* What was asked stays where it is while the order is written. */}
      <div hidden={chosen !== undefined} className={chosen === undefined ? 'grid gap-4' : undefined}>
        <Ask onChoose={setChosen} />
      </div>
      {chosen !== undefined && <Send chosen={chosen} onBack={() => setChosen(undefined)} onSent={send} />}
    </>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useWords(MAILING_WORDS);
  return (
    <div className="mx-auto grid min-h-dvh max-w-3xl grid-rows-[auto_1fr_auto] gap-4 px-4 py-4 sm:py-6">
      <header className="screen-only flex flex-wrap items-center justify-between gap-3">
        <Brand name={t('name')} />
        <Preferences />
      </header>
      <main className="grid min-w-0 content-start gap-4">{children}</main>
      <footer className="grid gap-1 text-sm text-soft">
        {worldOf(location.search) === 'test' && <p>{t('test.here')}</p>}
        <p>{t('privacy')}</p>
      </footer>
    </div>
  );
}
