import { useState } from 'react';
import { curlOf, useSeenRequests } from '../ground/requests.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import { Button } from './button.tsx';
import { copyText } from './clipboard.ts';
import { Dialog } from './overlay.tsx';
import { toast } from './toast.tsx';

/** An id or number, whole, with a button that copies it. */
export function CopyId({ value, short }: { readonly value: string; readonly short?: boolean }) {
  const t = useWords(KIT_WORDS);
  const shown = short && value.length > 14 ? `${value.slice(0, 4)}…${value.slice(-6)}` : value;
  return (
    <span className="inline-flex items-center gap-1">
      <span className="number wrap-anywhere" title={short ? value : undefined}>
        {shown}
      </span>
      <button
        type="button"
        aria-label={`${t('action.copy')}: ${value}`}
        title={t('action.copy')}
        onClick={() => void copyText(value).then(() => toast('ok', t('action.copied')))}
        className="screen-only grid size-6 cursor-pointer place-items-center rounded-sm text-soft hover:bg-sunk hover:text-ink pointer-coarse:size-9"
      >
        <svg viewBox="0 0 12 12" width="12" height="12" fill="none" stroke="currentColor" aria-hidden="true">
          <rect x="3.5" y="3.5" width="8" height="8" rx="1" />
          <path d="M8.5 1.5V.5h-8v8h1" />
        </svg>
      </button>
    </span>
  );
}

/** What this screen asks of the API, as commands for a shell. */
export function CopyCurl() {
  const t = useWords(KIT_WORDS);
  const requests = useSeenRequests();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" size="small" onClick={() => setOpen(true)}>
        {t('action.copy_curl')}
      </Button>
      <Dialog title={t('curl.title')} open={open} onOpen={setOpen} wide>
        <p className="mb-3 text-sm text-soft">{requests.length === 0 ? t('curl.none') : t('curl.hint')}</p>
        <ul className="grid gap-3">
          {requests.map((request) => {
            const text = curlOf(request, location.origin);
            return (
              <li key={`${request.method} ${request.path}`} className="grid gap-1.5">
                <pre
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, also by keyboard
                  tabIndex={0}
                  className="max-h-44 overflow-auto rounded-md bg-sunk p-2.5 font-mono text-xs"
                >
                  {text}
                </pre>
                <span>
                  <Button
                    size="small"
                    onClick={() => void copyText(text).then(() => toast('ok', t('action.copied')))}
                  >
                    {t('action.copy')}
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      </Dialog>
    </>
  );
}
