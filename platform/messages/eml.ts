import type { EmailMessage } from './message.ts';

const LINE_CHARS = 76;
/** Plain addresses only: no comments, no quoted parts, nothing that could begin another header. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * An e-mail as text of RFC 5322 with CRLF. No field can add a header: addresses are checked (throws RangeError),
 * control characters of the subject become blanks, and subject and text travel in base64 (RFC 2047, RFC 2045).
 */
export function emlOf(message: EmailMessage): string {
  for (const address of [message.from, message.to]) {
    if (!ADDRESS.test(address)) throw new RangeError('not a plain e-mail address');
  }
  const date = new Date(message.sentAt).toUTCString().replace('GMT', '+0000');
  return [
    `From: ${message.from}`,
    `To: ${message.to}`,
    `Subject: ${encodedWords(message.subject.replace(CONTROL, ' ').trim())}`,
    `Date: ${date}`,
    `Message-ID: <${message.id.replace(/[^A-Za-z0-9_.-]/g, '')}@${message.from.split('@')[1]}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...chunks(Buffer.from(message.text.toWellFormed()).toString('base64'), LINE_CHARS),
    '',
  ].join('\r\n');
}

/** An encoded word has at most 75 characters (RFC 2047): 10 of UTF-16 are at most 30 bytes, 40 of base64. */
function encodedWords(text: string): string {
  const words = chunks(Array.from(text.toWellFormed()), 10);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word.join('')).toString('base64')}?=`).join('\r\n ');
}

function chunks(whole: string, size: number): string[];
function chunks(whole: readonly string[], size: number): (readonly string[])[];
function chunks(whole: string | readonly string[], size: number): (string | readonly string[])[] {
  const parts: (string | readonly string[])[] = [];
  for (let start = 0; start < whole.length; start += size) parts.push(whole.slice(start, start + size));
  return parts;
}
