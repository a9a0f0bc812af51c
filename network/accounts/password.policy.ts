/** Source: promises leave it open; NIST SP 800-63B-4 asks for 15 alone, 8 beside a second factor. Our default. */
export const PASSWORD_MIN_CHARACTERS = 12;
/** What `platform/crypto` hashes; longer texts would only cost time. */
const PASSWORD_MAX_BYTES = 1024;
/** Fewer different characters than this are a pattern, not a password. Our default. */
const MIN_DIFFERENT_CHARACTERS = 4;

/** What people type when they are asked for twelve characters; our own list, of lower-case letters and digits. */
const COMMON: ReadonlySet<string> = new Set([
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'passwort1234',
  'passwortpasswort',
  'iloveyou1234',
  'iloveyouiloveyou',
  'letmeinletmein',
  'letmein123456',
  'welcome12345',
  'welcome123456',
  'welcomewelcome',
  'changeme1234',
  'changemechangeme',
  'administrator',
  'administrator1',
  'admin1234567',
  'adminadminadmin',
  'qwertyuiopas',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyqwerty',
  'qwerty123456',
  'qwertzuiopas',
  'asdfghjklasdfghjkl',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abc123abc123',
  'woaini1314520',
  'contrasena1234',
  'senha12345678',
  'logistics1234',
  'postroad1234',
  'postroadpostroad',
]);

export type PasswordWeakness = 'too_short' | 'too_long' | 'is_email' | 'too_common' | 'too_plain';

/**
 * Why a password is not taken; undefined: it is. No rule about kinds of characters (NIST SP 800-63B-4, 3.1.1.2).
 * Length counts characters after NFKC, as `hashPassword` sees them.
 */
export function passwordWeakness(password: string, email: string): PasswordWeakness | undefined {
  const plain = password.normalize('NFKC');
  const characters = [...plain];
  if (characters.length < PASSWORD_MIN_CHARACTERS) return 'too_short';
  // Both: the platform refuses the text as it comes, too.
  if (password.length > PASSWORD_MAX_BYTES || new TextEncoder().encode(plain).length > PASSWORD_MAX_BYTES)
    return 'too_long';
  const lower = plain.toLowerCase().trim();
  const mail = email.toLowerCase();
  if (lower === mail || lower === mail.split('@')[0]) return 'is_email';
  if (COMMON.has(lower.replace(/[^a-z0-9]/g, ''))) return 'too_common';
  if (new Set(characters).size < MIN_DIFFERENT_CHARACTERS || isRun(characters)) return 'too_plain';
  return undefined;
}

/** `123456789012`, `abcdefghijkl`, `987654321098`: each step up or down by one, a digit may come round. */
function isRun(characters: readonly string[]): boolean {
  const steps = new Set(
    characters.slice(1).map((character, index) => {
      const step = (character.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0);
      return step === 9 ? -1 : step === -9 ? 1 : step;
    }),
  );
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

export const WEAKNESS_ADVICE: Readonly<Record<PasswordWeakness, string>> = {
  too_short: `A password has at least ${PASSWORD_MIN_CHARACTERS} characters; several words are good.`,
  too_long: `A password has at most ${PASSWORD_MAX_BYTES} bytes.`,
  is_email: 'The e-mail address is no password.',
  too_common: 'Many people use this password; take another.',
  too_plain: 'This is a pattern that is tried first; take several words.',
};
