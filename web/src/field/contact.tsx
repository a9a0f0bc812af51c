import { useEffect, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { copyText } from '../kit/clipboard.ts';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { keepValue, keptValue } from './kept.ts';
import { FIELD_WORDS } from './words.ts';

/** A door in clear text. */
export type Contact = {
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?:
    | {
        readonly country: string;
        readonly division?: string | undefined;
        readonly city: string;
        readonly district?: string | undefined;
        readonly town?: string | undefined;
        readonly postcode?: string | undefined;
        readonly lines: readonly string[];
      }
    | undefined;
};

export function useContactKey(): (about: string) => string {
  const { person, world } = useSession();
  return (about) => `${world}/${person.id}/contact/${about}`;
}

/** The address as a line that a map understands. */
export function lineOf(address: NonNullable<Contact['address']>): string {
  const { lines, town, district, city, division, postcode, country } = address;
  return [...lines, town, district, [postcode, city].filter(Boolean).join(' '), division, country]
    .filter(Boolean)
    .join(', ');
}

/**
 * The masked door until somebody asks for it. What was revealed stays on the device for the day, so that it is there
 * without a network; each reveal is logged by the server.
 */
export function ContactCard({
  about,
  masked,
  canReveal,
  reveal,
}: {
  readonly about: string;
  readonly masked: readonly (string | undefined)[];
  readonly canReveal: boolean;
  readonly reveal: () => Promise<Contact>;
}) {
  const t = useWords(FIELD_WORDS);
  const key = useContactKey()(about);
  const [contact, setContact] = useState<Contact>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    void keptValue<Contact>(key).then((known) => known && setContact(known));
  }, [key]);
  const ask = async () => {
    setBusy(true);
    try {
      const known = await reveal();
      await keepValue(key, known);
      setContact(known);
      setError(undefined);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  if (contact !== undefined) return <Clear contact={contact} />;
  return (
    <div className="grid gap-3">
      <address className="text-lg not-italic">
        {masked.filter(Boolean).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address may repeat
          <span key={index} className="block wrap-anywhere">
            {line}
          </span>
        ))}
      </address>
      {canReveal && (
        <Button size="large" wide busy={isBusy} onClick={() => void ask()}>
          {t('contact.reveal')}
        </Button>
      )}
      {error !== undefined && <Failure error={error} />}
    </div>
  );
}

const ACTION =
  'inline-flex min-h-12 flex-1 items-center justify-center rounded-md border border-edge bg-card px-4 text-lg font-medium no-underline hover:bg-sunk';

function Clear({ contact }: { readonly contact: Contact }) {
  const t = useWords(FIELD_WORDS);
  const k = useWords(KIT_WORDS);
  const { country } = useFormats();
  const { name, company, phone, address } = contact;
  const line = address === undefined ? '' : lineOf(address);
  return (
    <div className="grid gap-3">
      <address className="text-lg not-italic wrap-anywhere">
        <strong className="block font-semibold">{name}</strong>
        {company && <span className="block">{company}</span>}
        {address?.lines.map((one) => (
          <span key={one} className="block">
            {one}
          </span>
        ))}
        {address && (
          <span className="block">
            {[address.town, address.district, address.postcode, address.city].filter(Boolean).join(' ')}
            {', '}
            {country(address.country)}
          </span>
        )}
      </address>
      <div className="flex flex-wrap gap-2">
        {address && (
          <a className={ACTION} href={`geo:0,0?q=${encodeURIComponent(line)}`}>
            {t('contact.navigate')}
          </a>
        )}
        {phone && (
          <a className={ACTION} href={`tel:${phone}`}>
            {t('contact.call')}
          </a>
        )}
        {address && (
          <Button
            size="large"
            onClick={() => void copyText(line).then(() => toast('ok', k('action.copied')))}
          >
            {t('contact.copy')}
          </Button>
        )}
      </div>
    </div>
  );
}
