import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Proof } from './device-proof.policy.ts';
import {
  type Device,
  type DeviceKey,
  findBoundRoles,
  lockDevice,
  noteDevice,
  revokeSessionsOfDevice,
  saveDevice,
} from './device-store.ts';
import { DeviceBlocked, DeviceRegistered, DeviceUnblocked } from './events.ts';
import type { DeviceId } from './model.ts';
import type { Person } from './people-store.ts';
import { distrustCached } from './revocations.ts';

/** What came with a log-in: the key that signed, or why nothing is proven; undefined when nothing was said at all. */
export type OfferedDevice = Outcome<DeviceKey, 'device_proof_refused'> | undefined;
export type DeviceRefusal = 'device_needed' | 'device_proof_refused' | 'device_blocked';

export const keyOf = ({ thumbprint, jwk }: Pick<Proof, 'thumbprint' | 'jwk'>): DeviceKey => ({
  thumbprint,
  x: jwk.x,
  y: jwk.y,
});

/**
 * The device that a new session of a person is bound to; undefined when his role needs none. Others could not be
 * used without scripts of ours: a download or a picture carries no proof.
 */
export async function bindDevice(
  work: Work,
  person: Pick<Person, 'id' | 'organisationId' | 'role'>,
  offered: OfferedDevice,
  now: Instant,
): Promise<Outcome<DeviceId | undefined, DeviceRefusal>> {
  const roles = await findBoundRoles(work.db, person.organisationId);
  if (!roles.includes(person.role)) return accepted(undefined);
  if (offered === undefined) return refused('device_needed', '');
  if (!offered.ok) return offered;
  const id = work.newId('dev');
  const { organisationId } = person;
  const noted = { id, organisationId, lastPersonId: person.id, lastLogInAt: now };
  const device = await noteDevice(work.db, noted, offered.value);
  if (device.blockedAt !== undefined) return refused('device_blocked', '');
  if (device.id === id) tell(work, device, DeviceRegistered.name, person.id);
  return accepted(device.id);
}

function tell(work: Work, device: Device, type: string, by: string): void {
  const { organisationId } = device;
  work.emit({
    type,
    group: { organisationId },
    subjectId: device.id,
    subjectSequence: device.version,
    audience: [organisationId],
    payload: { deviceId: device.id, organisationId, by },
  });
}

type Named = { readonly organisationId: string; readonly deviceId: string; readonly byCaller: string };
type Done = Outcome<Device, 'not_found'>;

export async function nameDevice(work: Work, named: Named, name: string): Promise<Done> {
  const device = await lockDevice(work.db, named.organisationId, named.deviceId);
  if (device === undefined) return refused('not_found', '');
  const changed = { ...device, name };
  await saveDevice(work.db, changed);
  return accepted(changed);
}

/** Ends the sessions of a device and lets none begin. Harmless when it is blocked already. `wallNow`: as sessions have it. */
export async function blockDevice(work: Work, named: Named, reason: string, wallNow: Instant): Promise<Done> {
  const device = await lockDevice(work.db, named.organisationId, named.deviceId);
  if (device === undefined) return refused('not_found', '');
  if (device.blockedAt !== undefined) return accepted(device);
  const blocked = { ...device, blockedAt: wallNow, blockReason: reason, version: device.version + 1 };
  await saveDevice(work.db, blocked);
  for (const session of await revokeSessionsOfDevice(work.db, device, wallNow)) distrustCached(session);
  tell(work, blocked, DeviceBlocked.name, named.byCaller);
  return accepted(blocked);
}

/** People may log in with it again; sessions of before stay ended. */
export async function unblockDevice(work: Work, named: Named): Promise<Done> {
  const device = await lockDevice(work.db, named.organisationId, named.deviceId);
  if (device === undefined) return refused('not_found', '');
  if (device.blockedAt === undefined) return accepted(device);
  const free = {
    ...device,
    blockedAt: undefined,
    blockReason: undefined,
    version: device.version + 1,
  };
  await saveDevice(work.db, free);
  tell(work, free, DeviceUnblocked.name, named.byCaller);
  return accepted(free);
}
