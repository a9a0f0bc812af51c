import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Preferences } from '../ground/preferences.tsx';
import { queryClient } from '../ground/reads.ts';
import { Brand } from '../kit/brand.tsx';
import { Toasts } from '../kit/toast.tsx';
import { Controls } from './controls.tsx';
import { Display } from './display.tsx';
import { Foundations } from './foundations.tsx';

/** All components with made-up content: for who builds a screen, and for who judges one. English only, like the code. */
export function Face() {
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense fallback={<div className="min-h-dvh" />}>
        <div className="mx-auto max-w-5xl px-4 py-6" lang="en">
          <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
            <Brand name="Style" />
            <Preferences />
          </header>
          <main>
            <h1 className="mb-4 text-2xl font-semibold tracking-tight">Style</h1>
            <Foundations />
            <Controls />
            <Display />
          </main>
        </div>
        <Toasts />
      </Suspense>
    </QueryClientProvider>
  );
}
