import { useWords } from '../ground/words.ts';
import { SOURCE_WORDS } from './words.ts';

/** `postroad`, `postroad:{organisation}`, `merchant:{organisation}` or the code of a carrier. */
const OWN = /^(postroad|merchant):(.+)$/;

/** A source in words; `nameOf` says what an organisation is called, where somebody may know it. */
export function SourceName({
  source,
  nameOf,
}: {
  readonly source: string;
  readonly nameOf?: ((organisationId: string) => string | undefined) | undefined;
}) {
  const t = useWords(SOURCE_WORDS);
  const [, kind, organisation = ''] = OWN.exec(source) ?? [];
  if (kind === undefined)
    return source === 'postroad' ? t('own.network') : <span className="number">{source}</span>;
  const name = nameOf?.(organisation) ?? organisation;
  return <span title={source}>{t(kind === 'merchant' ? 'own.merchant' : 'own.desk', { name })}</span>;
}

/** How a payload was read, or our own API. */
export function FormatName({ format }: { readonly format: string }) {
  const t = useWords(SOURCE_WORDS);
  return format === '' ? t('format.own') : <span className="number">{format}</span>;
}
