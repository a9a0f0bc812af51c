import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CONTROL } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Loading } from '../kit/states.tsx';
import { wedge } from './scanned.ts';
import { FIELD_WORDS } from './words.ts';

const Camera = lazy(() => import('./camera.tsx').then((module) => ({ default: module.Camera })));

/** A code by hardware scanner from anywhere on the page, by the camera, or typed. */
export function ScanBox({
  onCode,
  keepsCamera,
}: {
  readonly onCode: (code: string) => void;
  /** Stays open after a code: for counting. */
  readonly keepsCamera?: boolean;
}) {
  const t = useWords(FIELD_WORDS);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  useWedge(onCode);
  return (
    <form
      className="screen-only mb-4 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onCode(typed.trim());
        setTyped('');
      }}
    >
      <input
        aria-label={t('scan.label')}
        placeholder={t('scan.hint')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        enterKeyHint="search"
        className={`${CONTROL} min-h-12! flex-1 font-mono`}
      />
      <Button type="submit" size="large">
        {t('scan.find')}
      </Button>
      <Button size="large" look="primary" aria-label={t('scan.camera')} onClick={() => setOpen(true)}>
        <CameraMark />
      </Button>
      <Dialog title={t('scan.camera_title')} open={isOpen} onOpen={setOpen}>
        <Suspense fallback={<Loading rows={6} />}>
          {isOpen && (
            <Camera
              onCode={(code) => {
                if (!keepsCamera) setOpen(false);
                onCode(code);
              }}
            />
          )}
        </Suspense>
      </Dialog>
    </form>
  );
}

function useWedge(onCode: (code: string) => void): void {
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const read = wedge();
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.matches('input,textarea,select');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const code = read({ key: event.key, atMs: event.timeStamp });
      if (code === undefined) return;
      event.preventDefault(); // Enter would press the button that has the focus
      latest.current(code);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function CameraMark() {
  return (
    <svg
      viewBox="0 0 22 18"
      width="22"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M1 5V1h4M17 1h4v4M21 13v4h-4M5 17H1v-4M6 5v8M9 5v8M13 5v8M16 5v8" />
    </svg>
  );
}
