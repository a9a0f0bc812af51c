import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emlOf } from './eml.ts';
import type { EmailPort, SmsPort } from './message.ts';

const ID = /^[A-Za-z0-9_-]{1,100}$/;

/**
 * For the demo and tests: messages become files, `email/<id>.eml` and `sms/<id>.txt`, readable by the owner alone. The
 * same id writes the same file again. Throws RangeError for an id that is no plain file name.
 */
export function openMessageFolder(folder: string): { readonly email: EmailPort; readonly sms: SmsPort } {
  async function write(kind: string, id: string, ending: string, text: string): Promise<void> {
    if (!ID.test(id)) throw new RangeError('the id of a message has letters, digits, _ and -');
    const home = join(folder, kind);
    await mkdir(home, { recursive: true, mode: 0o700 });
    const path = join(home, `${id}.${ending}`);
    await writeFile(`${path}.part`, text, { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
  return {
    email: { send: (message) => write('email', message.id, 'eml', emlOf(message)) },
    sms: {
      send: async ({ id, to, text }) => {
        if (!/^\+[1-9]\d{6,14}$/.test(to)) throw new RangeError('not a phone number in E.164');
        await write('sms', id, 'txt', `To: ${to}\n\n${text}\n`);
      },
    },
  };
}
