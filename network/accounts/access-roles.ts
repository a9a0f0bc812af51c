import type { Role } from './model.ts';

/**
 * What a caller is to a thing: `own` his organisation owns it · `client` he is the marketplace of the owner ·
 * `carrier`, `warehouse`, `courier` he has that part in the shipment · `point` it lies open at his counter · `any` the network's own staff, for everybody.
 */
export type Relation = 'own' | 'client' | 'carrier' | 'warehouse' | 'courier' | 'point' | 'any';
export type AccessRow = Partial<Readonly<Record<Role, readonly Relation[]>>>;

// Roles that often go together in a row.
export const MERCHANT = { merchant_admin: ['own'], merchant_clerk: ['own'], merchant_app: ['own'] } as const;
/** Works where parcels are taken in: the first warehouse, or the carrier's own depot where a country has none. */
export const FIRST_MILE = { warehouse_staff: ['warehouse'], carrier: ['warehouse'] } as const;
export const NETWORK_READ = {
  operator: ['any'],
  customer_service: ['any'],
  risk_inspector: ['any'],
  auditor: ['any'],
} as const;
export const EVERYONE = {
  operator: ['own'],
  customer_service: ['own'],
  risk_inspector: ['own'],
  finance: ['own'],
  auditor: ['own'],
  marketplace_staff: ['own'],
  merchant_admin: ['own'],
  merchant_clerk: ['own'],
  merchant_app: ['own'],
  carrier: ['own'],
  courier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
  point_clerk: ['own'],
} as const;
/** Who reads EPCIS events of his organisation. */
export const EPCIS_READER = {
  ...MERCHANT,
  operator: ['own'],
  carrier: ['own'],
  courier: ['own'],
  warehouse_staff: ['own'],
} as const;
/** Of those who read them, who may also have things sent. */
export const EPCIS_SENDER = {
  operator: ['own'],
  merchant_admin: ['own'],
  merchant_app: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
} as const;
export const WEBHOOK_OWNER = {
  operator: ['own'],
  marketplace_staff: ['own'],
  merchant_admin: ['own'],
  merchant_app: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
export const PEOPLE_KEEPER = {
  operator: ['any'],
  marketplace_staff: ['own', 'client'],
  merchant_admin: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
export const PUBLIC = { ...EVERYONE, buyer: ['own'], anonymous: ['own'] } as const;

export const WALLET_OWNER = {
  merchant_admin: ['own'],
  merchant_clerk: ['own'],
  merchant_app: ['own'],
  marketplace_staff: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
export const WALLET_STAFF = {
  operator: ['any'],
  finance: ['any'],
  customer_service: ['any'],
  auditor: ['any'],
} as const;
