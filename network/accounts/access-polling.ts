import { type AccessRow, MERCHANT, PUBLIC } from './access-roles.ts';

/** Rows of the access table: how carriers are asked, what they push, and what they wrote. */
export const POLLING_ROWS = {
  // polling: who asks a carrier asks in its own name; a push counts as the carrier's word, so few receive any
  listTrackingConnectors: {
    operator: ['own'],
    marketplace_staff: ['own'],
    merchant_admin: ['own'],
    carrier: ['own'],
  },
  createTrackingCredential: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'] },
  listTrackingCredentials: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'] },
  rotateTrackingCredential: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'] },
  deleteTrackingCredential: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'] },
  testTrackingCredential: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'] },
  pollNumber: { ...MERCHANT, operator: ['own'], marketplace_staff: ['own'] },
  listPolledNumbers: { ...MERCHANT, operator: ['own'], marketplace_staff: ['own'] },
  stopPolledNumber: { ...MERCHANT, operator: ['own'], marketplace_staff: ['own'] },
  readTrackingSourceHealth: {
    operator: ['any'],
    auditor: ['any'],
    marketplace_staff: ['own'],
    merchant_admin: ['own'],
    carrier: ['own'],
  },
  createPushSubscription: { operator: ['own'], carrier: ['own'] },
  listPushSubscriptions: { operator: ['own'], carrier: ['own'] },
  rotatePushSubscription: { operator: ['own'], carrier: ['own'] },
  deletePushSubscription: { operator: ['own'], carrier: ['own'] },
  receivePush: PUBLIC,
  // What carriers wrote may name people: the operator and whoever brought it as a carrier.
  listCarrierPayloads: { operator: ['any'], carrier: ['own'] },
  readCarrierPayload: { operator: ['any'], carrier: ['own'] },
  readScanPayload: { operator: ['any'], carrier: ['carrier'] },
  readCarrierPayloadAgain: { operator: ['any'], carrier: ['own'] },
} as const satisfies Readonly<Record<string, AccessRow>>;
