import type { components } from '@postroad/sdk';
import { useFormats } from '../ground/format.ts';

type Coarse = components['schemas']['CoarsePlace'];
type Party = components['schemas']['MaskedParty'];

/** `München, Germany`: city where it is known, the country by its name. */
export function Place({ of }: { readonly of: Coarse }) {
  const { country } = useFormats();
  return <>{[of.city ?? of.postcode, country(of.country)].filter(Boolean).join(', ')}</>;
}

/** A party as the mask lets it be seen. */
export function MaskedPartyLines({ of }: { readonly of: Party | undefined }) {
  const { country } = useFormats();
  if (of === undefined) return <>–</>;
  return (
    <address className="not-italic">
      {[of.name, of.phone, ...of.address_lines, country(of.country)].filter(Boolean).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address may repeat
        <span key={index} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}
