import { useState } from 'react';
import { useLocation } from 'wouter';
import { useFaceAddress } from '../ground/face-address.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Input } from '../kit/field.tsx';
import { PARCEL_WORDS } from './words.ts';

/** Asks only when it is sent: the search for a person is logged. */
export function SearchForm({ text = '' }: { readonly text?: string }) {
  const t = useWords(PARCEL_WORDS);
  const [typed, setTyped] = useState(text);
  const [, go] = useLocation();
  const at = useFaceAddress();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element is younger than our oldest browser
    <form
      role="search"
      className="flex w-full gap-2 sm:w-96"
      onSubmit={(event) => {
        event.preventDefault();
        const asked = typed.trim();
        if (asked !== '') go(at(`/search?q=${encodeURIComponent(asked)}`));
      }}
    >
      <Input
        type="search"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        maxLength={200}
        value={typed}
        onText={setTyped}
      />
      <Button type="submit" look="primary">
        {t('search.do')}
      </Button>
    </form>
  );
}
