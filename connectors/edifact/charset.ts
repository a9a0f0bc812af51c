/** Decodes the bytes of one component; undefined when they are no text of the repertoire. */
export type Decode = (bytes: Uint8Array) => string | undefined;

/**
 * Repertoires of ISO 9735, data element 0001. UNOA and UNOB are seven-bit. UNOC to UNOK are the parts of ISO 8859.
 * UNOY and UNOW are ISO 10646; in practice both are sent as UTF-8. UNOX is ISO 2022: of its sets those of Japan.
 */
const ISO_8859: Readonly<Record<string, string>> = {
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'windows-1254',
};

/** The decoder of a syntax identifier; undefined for one that ISO 9735 does not know. */
export function decoderOf(syntaxIdentifier: string): Decode | undefined {
  if (syntaxIdentifier === 'UNOA' || syntaxIdentifier === 'UNOB') return decodeAscii;
  if (syntaxIdentifier === 'UNOC') return decodeLatin1;
  if (syntaxIdentifier === 'UNOX') return fatalDecoder('iso-2022-jp');
  if (syntaxIdentifier === 'UNOY' || syntaxIdentifier === 'UNOW') {
    return fatalDecoder('utf-8');
  }
  const label = Object.hasOwn(ISO_8859, syntaxIdentifier) ? ISO_8859[syntaxIdentifier] : undefined;
  return label === undefined ? undefined : partOf8859(fatalDecoder(label));
}

/** Under the name of ISO 8859-9 the browsers' decoder reads windows-1254, which has letters where it has controls. */
function partOf8859(decode: Decode): Decode {
  return (bytes) => (bytes.some(isControl) ? undefined : decode(bytes));
}

/** A set of characters that an escape sequence calls up. `isShifted`: its bytes are no service characters. */
export type Designation = { readonly bytes: readonly number[]; readonly isShifted: boolean };

const ESCAPE = 0x1b;
/**
 * Escape sequences of ISO 2022 that are read under UNOX, by their registration (ISO 2375): ASCII, JIS X 0201 Roman and
 * Katakana, JIS X 0208 of 1978 and 1983. The sets of Korea and China have no decoder here.
 */
const DESIGNATIONS: Readonly<Record<string, { readonly isShifted: boolean }>> = {
  '(B': { isShifted: false },
  '(J': { isShifted: false },
  '(I': { isShifted: true },
  '$@': { isShifted: true },
  $B: { isShifted: true },
};

/** What the escape sequence at a byte calls up; undefined where none begins, `unknown` for one that is not read. */
export function designationAt(bytes: Uint8Array, at: number): Designation | 'unknown' | undefined {
  if (bytes[at] !== ESCAPE) return undefined;
  const sequence = [...bytes.subarray(at, at + 3)];
  const name = String.fromCharCode(...sequence.slice(1));
  const known = Object.hasOwn(DESIGNATIONS, name) ? DESIGNATIONS[name] : undefined;
  return known === undefined ? 'unknown' : { bytes: sequence, ...known };
}

/**
 * Seven-bit text without control characters. Level A has no small letters, but carriers write them under its name
 * every day, and nothing is ambiguous about them: they are read.
 */
export function decodeAscii(bytes: Uint8Array): string | undefined {
  for (const byte of bytes) if (byte < 0x20 || byte > 0x7e) return undefined;
  return String.fromCharCode(...bytes);
}

/** ISO 8859-1 itself: the browsers' decoder of that name reads windows-1252. */
function decodeLatin1(bytes: Uint8Array): string | undefined {
  for (const byte of bytes) if (isControl(byte)) return undefined;
  return String.fromCharCode(...bytes);
}

function fatalDecoder(label: string): Decode {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      const text = decoder.decode(bytes);
      return /\p{Cc}/u.test(text) ? undefined : text;
    } catch {
      return undefined;
    }
  };
}

function isControl(byte: number): boolean {
  return byte < 0x20 || (byte >= 0x7f && byte < 0xa0);
}
