import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

/** A word of the address behind `?`: what one chose survives a reload and can be sent to a colleague. */
export function useAddressWord(name: string): readonly [string, (value: string) => void] {
  const search = useSearch();
  const value = new URLSearchParams(search).get(name) ?? '';
  const set = (next: string) => {
    const words = new URLSearchParams(search);
    if (next === '') words.delete(name);
    else words.set(name, next);
    const text = words.toString();
    navigate(location.pathname + (text === '' ? '' : `?${text}`), { replace: true });
  };
  return [value, set];
}

/** One of several words of the address; the first is meant when none of them stands there, and is not written there. */
export function useAddressChoice<Word extends string>(
  name: string,
  words: readonly [Word, ...Word[]],
): readonly [Word, (value: Word) => void] {
  const [word, setWord] = useAddressWord(name);
  const [first] = words;
  return [words.find((one) => one === word) ?? first, (value) => setWord(value === first ? '' : value)];
}
