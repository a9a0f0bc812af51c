import type { components } from '@postroad/sdk';
import { Suspense } from 'react';
import { useWords } from '../ground/words.ts';
import { UNFIT_WORDS } from './unfit.ts';

type Refused = components['schemas']['MailingQuote']['refused'];

/** Lines that do not take the parcel, each with its reasons. Its words come by themselves: it lies folded away at first. */
export function RefusedLines({ of }: { readonly of: Refused }) {
  return (
    <Suspense fallback={null}>
      <ul className="grid gap-2 pb-3 text-sm">
        {of.map(({ line_code: line, reasons }) => (
          <li key={line}>
            <span className="font-mono">{line}</span>
            <span className="block text-soft">
              <Reasons of={reasons} />
            </span>
          </li>
        ))}
      </ul>
    </Suspense>
  );
}

function Reasons({ of }: { readonly of: Refused[number]['reasons'] }) {
  const t = useWords(UNFIT_WORDS);
  const texts = of.map(({ code, message }) => (t(code) === code ? message : t(code)));
  return <>{[...new Set(texts)].join(' ')}</>;
}
