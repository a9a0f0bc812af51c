import { join } from 'node:path';
import {
  createKeyRing,
  type KeyRing,
  type KeyVersion,
  loadOrCreateKeyFile,
  parseKey,
} from '../platform/crypto/index.ts';

/**
 * The keys that wrap the vault's data keys: POSTROAD_VAULT_KEY (32 bytes in base64, or for a rotation
 * `2:<base64>,1:<base64>`, the highest version wraps), else the file `keys/vault.key` in the data folder, which is
 * made on first use with mode 0600. It lies beside the database's folder, never inside: backups of the database must
 * not carry it. A lost key is noticed by the vault's start: a fresh one opens nothing that is stored.
 */
export async function loadKeyRing(options: {
  readonly vaultKey: string | undefined;
  readonly dataFolder: string;
}): Promise<KeyRing> {
  if (options.vaultKey !== undefined && options.vaultKey !== '') {
    return createKeyRing({ kek: readVersions(options.vaultKey) });
  }
  const { key } = await loadOrCreateKeyFile(join(options.dataFolder, 'keys', 'vault.key'), {
    outsideOf: join(options.dataFolder, 'postgres'),
  });
  return createKeyRing({ kek: key });
}

function readVersions(text: string): readonly KeyVersion[] {
  return text.split(',').map((part) => {
    const match = /^\s*(\d{1,3}):(.*)$/.exec(part);
    return match === null
      ? { version: 1, key: parseKey(part, 'POSTROAD_VAULT_KEY') }
      : { version: Number(match[1]), key: parseKey(match[2] ?? '', 'POSTROAD_VAULT_KEY') };
  });
}
