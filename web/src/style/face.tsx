import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Preferences } from '../ground/preferences.tsx';
import { queryClient } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Brand } from '../kit/brand.tsx';
import { Toasts } from '../kit/toast.tsx';
import { Controls } from './controls.tsx';
import { Display } from './display.tsx';
import { Foundations } from './foundations.tsx';
import { STYLE_WORDS } from './words.ts';

/** All components with made-up content: for who builds a screen, and for who judges one. */
export function Face() {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<div className="min-h-dvh" />}>
        <Everything />
        <Toasts />
      </Suspense>
    </QueryClientProvider>
  );
}

function Everything() {
  const t = useWords(STYLE_WORDS);
  return (
    <div className="mx-auto max-w-5xl px-4 py-6">
      <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <Brand name={t('title')} />
        <Preferences />
      </header>
      <main>
        <h1 className="mb-4 text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <Foundations />
        <Controls />
        <Display />
      </main>
    </div>
  );
}
