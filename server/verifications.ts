import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { addMs, type OrganisationId } from '../network/kernel/index.ts';
import { verifyLedger } from '../network/ledger/index.ts';
import { createVault } from '../network/vault/index.ts';
import { wallClock } from '../platform/clock/index.ts';
import type { World } from '../platform/world/index.ts';
import type { ServerConfig } from './config.ts';
import { loadKeyRing } from './key-ring.ts';
import type { Verification } from './verification.ts';
import { countTransfers, listOrganisationIds, type Verified, verifyWaybillNumbers } from './verify-store.ts';

/** What the modules can prove about their own rows. */
export function moduleVerifications(
  config: Pick<ServerConfig, 'vaultKey' | 'dataFolder'>,
): readonly Verification[] {
  return [
    { name: 'the ledger adds up', run: (world) => world.read('network', verifyBooks) },
    { name: 'no waybill number twice', run: (world) => world.read('network', verifyWaybillNumbers) },
    { name: 'the vault’s audit is whole', run: (world) => verifyAudit(world, config) },
  ];
}

/** A transfer whose mirror in the counterpart's book is younger than this is still under way, not broken. */
const MIRROR_GRACE_MS = 600_000;

const verifyBooks: (db: Parameters<typeof verifyLedger>[0]) => Promise<Verified> = async (db) => {
  const breaks = await verifyLedger(db, addMs(wallClock.now(), -MIRROR_GRACE_MS));
  return {
    checked: await countTransfers(db),
    broken: breaks.map(
      (found) =>
        `${found.rule}: ${found.subject} of ${found.organisationId ?? 'the network'}, off by ${found.differenceMinor}`,
    ),
  };
};

/** Without the key the chain cannot be computed anew, and a fresh key must not be made here. */
async function verifyAudit(
  world: World,
  config: Pick<ServerConfig, 'vaultKey' | 'dataFolder'>,
): Promise<Verified> {
  const organisations = await world.read('network', listOrganisationIds);
  const file = join(config.dataFolder, 'keys', 'vault.key');
  if (config.vaultKey === undefined && (await stat(file).catch(() => undefined)) === undefined) {
    return organisations.length === 0
      ? { checked: 0, broken: [] }
      : { checked: 0, broken: [`not checked: the key file ${file} is missing`] };
  }
  const vault = createVault({ keyRing: await loadKeyRing(config) });
  const broken: string[] = [];
  let checked = 0;
  for (const organisation of organisations) {
    const report = await world.read('network', (db) =>
      vault.verifyAuditChain(db, organisation as OrganisationId),
    );
    checked += report.entries;
    if (report.brokenAt !== undefined) broken.push(`${organisation} is broken at entry ${report.brokenAt}`);
  }
  return { checked, broken };
}
