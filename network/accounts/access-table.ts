import type { Role } from './model.ts';

/**
 * The one access table: operation x role x relation. It drives the server's check, `x-roles` in openapi.json and
 * the menus of the web. Deny by default: a role that is not named may not, and a route whose operation has no row
 * does not compile.
 *
 * Relations: `own` the caller's organisation owns the thing · `client` the caller is the marketplace of the owner ·
 * `carrier`, `warehouse`, `courier` the caller has that part in the shipment · `any` the network's own staff, for
 * every organisation.
 */
export type Relation = 'own' | 'client' | 'carrier' | 'warehouse' | 'courier' | 'any';
export type AccessRow = Partial<Readonly<Record<Role, readonly Relation[]>>>;

const MERCHANT = { merchant_admin: ['own'], merchant_clerk: ['own'], merchant_app: ['own'] } as const;
const NETWORK_READ = {
  operator: ['any'],
  customer_service: ['any'],
  risk_inspector: ['any'],
  auditor: ['any'],
} as const;
const EVERYONE = {
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
} as const;
const WEBHOOK_OWNER = {
  operator: ['own'],
  marketplace_staff: ['own'],
  merchant_admin: ['own'],
  merchant_app: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
const PEOPLE_KEEPER = {
  operator: ['any'],
  marketplace_staff: ['own', 'client'],
  merchant_admin: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
const PUBLIC = { ...EVERYONE, buyer: ['own'], anonymous: ['own'] } as const;

const WALLET_OWNER = {
  merchant_admin: ['own'],
  merchant_clerk: ['own'],
  merchant_app: ['own'],
  marketplace_staff: ['own'],
  carrier: ['own'],
  warehouse_staff: ['own'],
  point_staff: ['own'],
} as const;
const WALLET_STAFF = {
  operator: ['any'],
  finance: ['any'],
  customer_service: ['any'],
  auditor: ['any'],
} as const;

const TABLE = {
  // platform
  readOpenApi: PUBLIC,
  setTestClock: { operator: ['any'] },
  readTestClock: EVERYONE,

  // accounts
  readMe: EVERYONE,
  openOrganisation: { operator: ['any'], marketplace_staff: ['own'] },
  listOrganisations: { ...NETWORK_READ, marketplace_staff: ['own'] },
  readOrganisation: {
    ...NETWORK_READ,
    marketplace_staff: ['own', 'client'],
    merchant_admin: ['own'],
    carrier: ['own'],
    warehouse_staff: ['own'],
    point_staff: ['own'],
  },
  mintApiKey: { operator: ['any'], marketplace_staff: ['own'], merchant_admin: ['own'], carrier: ['own'] },
  listApiKeys: {
    operator: ['any'],
    marketplace_staff: ['own'],
    merchant_admin: ['own'],
    carrier: ['own'],
    auditor: ['any'],
  },
  revokeApiKey: { operator: ['any'], marketplace_staff: ['own'], merchant_admin: ['own'], carrier: ['own'] },

  renameOrganisation: {
    operator: ['any'],
    marketplace_staff: ['own', 'client'],
    merchant_admin: ['own'],
    carrier: ['own'],
    warehouse_staff: ['own'],
    point_staff: ['own'],
  },
  // People are looked after by who runs their organisation (people.policy.ts), a merchant's by its marketplace too.
  createInvitation: PEOPLE_KEEPER,
  listInvitations: PEOPLE_KEEPER,
  revokeInvitation: PEOPLE_KEEPER,
  acceptInvitation: { anonymous: ['own'] },
  listPeople: PEOPLE_KEEPER,
  readPerson: PEOPLE_KEEPER,
  changePerson: PEOPLE_KEEPER,
  disablePerson: PEOPLE_KEEPER,
  enablePerson: PEOPLE_KEEPER,
  logIn: { anonymous: ['own'] },
  logOut: EVERYONE,
  readCurrentSession: EVERYONE,
  listSessions: EVERYONE,
  revokeSession: EVERYONE,
  changePassword: EVERYONE,

  // places
  listCountries: EVERYONE,
  listDivisions: EVERYONE,
  searchCities: EVERYONE,
  validateAddresses: EVERYONE,

  // carriers: the registry is open; membership is the operator's; each marketplace recognises sources for itself
  listCarriers: EVERYONE,
  readCarrier: EVERYONE,
  decideCarrier: { operator: ['any'] },
  listCarrierDecisions: { operator: ['any'], auditor: ['any'], risk_inspector: ['any'], carrier: ['own'] },
  recordCarrierPaper: { operator: ['any'] },
  listCarrierPapers: { operator: ['any'], auditor: ['any'], risk_inspector: ['any'], carrier: ['own'] },
  listRecognisedSources: {
    operator: ['own'],
    auditor: ['own'],
    risk_inspector: ['own'],
    marketplace_staff: ['own'],
  },
  readRecognisedSource: {
    operator: ['own'],
    auditor: ['own'],
    risk_inspector: ['own'],
    marketplace_staff: ['own'],
  },
  putRecognisedSource: { operator: ['own'], marketplace_staff: ['own'] },
  withdrawRecognisedSource: { operator: ['own'], marketplace_staff: ['own'] },

  // lines: everybody sees the products, the operator alone what carriers charge us
  listLines: EVERYONE,
  readLine: EVERYONE,
  readOperatorLine: { operator: ['any'], finance: ['any'], auditor: ['any'] },
  addLine: { operator: ['any'] },
  addLineVersion: { operator: ['any'] },
  endLine: { operator: ['any'] },

  // programmes: what a marketplace pays for its merchants is its own affair
  createProgramme: { marketplace_staff: ['own'] },
  listProgrammes: {
    ...MERCHANT,
    marketplace_staff: ['own'],
    operator: ['any'],
    finance: ['any'],
    auditor: ['any'],
  },
  readProgramme: { marketplace_staff: ['own'], operator: ['any'], finance: ['any'], auditor: ['any'] },
  listProgrammeUses: { marketplace_staff: ['own'], operator: ['any'], finance: ['any'], auditor: ['any'] },
  endProgramme: { marketplace_staff: ['own'] },

  // offers
  createOffers: { ...MERCHANT },
  createOfferBatch: { ...MERCHANT },
  readQuotes: EVERYONE,

  // shipments
  purchaseShipment: { ...MERCHANT },
  listShipments: {
    ...MERCHANT,
    ...NETWORK_READ,
    finance: ['any'],
    marketplace_staff: ['own'],
    carrier: ['own'],
    warehouse_staff: ['own'],
  },
  readShipment: {
    ...MERCHANT,
    ...NETWORK_READ,
    finance: ['any'],
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  cancelShipment: { ...MERCHANT, operator: ['any'] },
  acknowledgeShipment: { carrier: ['carrier'] },
  acceptInbound: { warehouse_staff: ['warehouse'] },
  rejectInbound: { warehouse_staff: ['warehouse'] },
  completeOutbound: { warehouse_staff: ['warehouse'] },
  failOutbound: { warehouse_staff: ['warehouse'] },
  sendShipment: { warehouse_staff: ['warehouse'] },
  returnShipment: { warehouse_staff: ['warehouse'] },

  // pickups: door visits of couriers, their areas and capacities
  listPickupWindows: { ...MERCHANT, operator: ['own'], marketplace_staff: ['own'], carrier: ['own'] },
  bookPickup: { ...MERCHANT },
  listPickups: { ...MERCHANT, ...NETWORK_READ, marketplace_staff: ['own'], carrier: ['own'] },
  readPickup: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    courier: ['courier'],
  },
  reschedulePickup: { ...MERCHANT, carrier: ['carrier'], operator: ['any'] },
  cancelPickup: { ...MERCHANT, carrier: ['carrier'], operator: ['any'] },
  declareSelfPost: { ...MERCHANT },
  declareDropOff: { ...MERCHANT },
  readHandoverDeclaration: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    warehouse_staff: ['warehouse'],
  },
  createPickupArea: { carrier: ['own'], operator: ['own'] },
  updatePickupArea: { carrier: ['own'], operator: ['own'] },
  listPickupAreas: { carrier: ['own'], operator: ['own'] },
  writePickupCapacities: { carrier: ['own'], operator: ['own'] },
  readPickupCapacities: { carrier: ['own'], operator: ['own'] },
  createCourier: { carrier: ['own'], operator: ['own'] },
  updateCourier: { carrier: ['own'], operator: ['own'] },
  listCouriers: { carrier: ['own'], operator: ['own'] },
  createPickupBlock: { carrier: ['own'], operator: ['own'] },
  listPickupBlocks: { carrier: ['own'], operator: ['own'] },
  deletePickupBlock: { carrier: ['own'], operator: ['own'] },
  assignPickup: { carrier: ['carrier'], operator: ['carrier'] },
  renewPickupCode: { carrier: ['carrier'], operator: ['carrier'] },
  listCourierPickups: { courier: ['own'] },
  acceptPickup: { courier: ['courier'] },
  setOutForPickup: { courier: ['courier'] },
  verifyPickupCode: { courier: ['courier'] },
  revealPickupContact: { courier: ['courier'] },
  collectPickup: { courier: ['courier'] },
  failPickup: { courier: ['courier'], carrier: ['carrier'] },
  refusePickup: { courier: ['courier'] },
  handOverPickup: { courier: ['courier'], carrier: ['carrier'] },

  // handovers: big bags and batches from the merchant to the first warehouse
  createBag: { ...MERCHANT },
  listBags: { ...MERCHANT, ...NETWORK_READ, marketplace_staff: ['own'], warehouse_staff: ['own'] },
  readBag: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  editBag: { ...MERCHANT },
  commitBag: { ...MERCHANT },
  cancelBag: { ...MERCHANT },
  createHandover: { ...MERCHANT },
  listHandovers: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['own'],
    carrier: ['own'],
    warehouse_staff: ['own'],
  },
  readHandover: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  editHandover: { ...MERCHANT },
  commitHandover: { ...MERCHANT },
  cancelHandover: { ...MERCHANT },
  readHandoverList: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  printHandoverList: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  reportHandoverCollection: { carrier: ['carrier'], operator: ['any'] },
  scanHandoverArrivals: { warehouse_staff: ['warehouse'] },
  signHandover: { warehouse_staff: ['warehouse'] },
  listHandoverDifferences: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },

  // rulebooks: each marketplace edits its own, the operator those of the network
  listRulebookKinds: {
    operator: ['own'],
    auditor: ['own'],
    risk_inspector: ['own'],
    marketplace_staff: ['own'],
  },
  readRulesInForce: {
    operator: ['own'],
    auditor: ['own'],
    risk_inspector: ['own'],
    marketplace_staff: ['own'],
  },
  listRulebooks: { operator: ['any'], auditor: ['any'], risk_inspector: ['any'], marketplace_staff: ['own'] },
  draftRulebookVersion: { operator: ['own'], marketplace_staff: ['own'] },
  listRulebookVersions: {
    operator: ['any'],
    auditor: ['any'],
    risk_inspector: ['any'],
    marketplace_staff: ['own'],
  },
  readRulebookVersion: {
    operator: ['any'],
    auditor: ['any'],
    risk_inspector: ['any'],
    marketplace_staff: ['own'],
  },
  testRulebookVersion: { operator: ['own'], marketplace_staff: ['own'] },
  dryRunRulebookVersion: { operator: ['own'], marketplace_staff: ['own'] },
  activateRulebookVersion: { operator: ['own'], marketplace_staff: ['own'] },
  retireRulebookVersion: { operator: ['own'], marketplace_staff: ['own'] },

  // vault: what a role may see, for what and how often stands in the rulebook of reveals
  revealParty: {
    ...MERCHANT,
    operator: ['any'],
    customer_service: ['any'],
    risk_inspector: ['any'],
    marketplace_staff: ['own', 'client'],
    carrier: ['carrier'],
    courier: ['courier', 'carrier'],
    warehouse_staff: ['warehouse'],
  },
  listReveals: {
    operator: ['any'],
    auditor: ['any'],
    risk_inspector: ['any'],
    marketplace_staff: ['own', 'client'],
    merchant_admin: ['own'],
  },

  // waybills
  issueWaybills: { ...MERCHANT, operator: ['any'], marketplace_staff: ['own'] },
  listWaybills: { ...MERCHANT, ...NETWORK_READ, carrier: ['own'] },
  readWaybill: { ...MERCHANT, ...NETWORK_READ, marketplace_staff: ['own', 'client'], carrier: ['carrier'] },
  updateWaybill: { ...MERCHANT, operator: ['any'], marketplace_staff: ['own', 'client'] },
  cancelWaybill: { ...MERCHANT, operator: ['any'], marketplace_staff: ['own', 'client'] },
  printLabel: { ...MERCHANT, operator: ['any'], marketplace_staff: ['own', 'client'] },
  printLabels: { ...MERCHANT },
  readLabel: { ...MERCHANT, operator: ['any'], marketplace_staff: ['own', 'client'] },
  loadNumberSegment: { operator: ['any'], carrier: ['own'] },
  listNumberSegments: { ...MERCHANT, ...NETWORK_READ, carrier: ['own'] },
  readNumberSegment: { ...MERCHANT, ...NETWORK_READ, carrier: ['carrier'] },
  listNumberGaps: { operator: ['any'], auditor: ['any'], carrier: ['carrier'] },
  closeNumberSegment: { operator: ['any'], carrier: ['carrier'] },
  confirmNumberRestore: { operator: ['any'] },
  loadRoutingRules: { operator: ['any'], carrier: ['own'] },
  listRoutingQueue: { operator: ['any'], customer_service: ['any'], carrier: ['own'] },
  resolveRoute: { operator: ['any'], customer_service: ['any'], carrier: ['carrier'] },
  // ledger: a wallet is its owner's alone; the operator and finance open, confirm and rate
  listWallets: { ...WALLET_OWNER, ...WALLET_STAFF },
  readWallet: { ...WALLET_OWNER, ...WALLET_STAFF },
  listWalletTransfers: { ...WALLET_OWNER, ...WALLET_STAFF },
  listStatements: { ...WALLET_OWNER, ...WALLET_STAFF },
  readStatement: { ...WALLET_OWNER, ...WALLET_STAFF },
  exportStatement: { ...WALLET_OWNER, ...WALLET_STAFF },
  openWallet: { operator: ['any'], finance: ['any'] },
  setCreditLimit: { operator: ['any'], finance: ['any'] },
  requestTopUp: { operator: ['own'], marketplace_staff: ['own'], merchant_admin: ['own'], carrier: ['own'] },
  listTopUps: { ...WALLET_OWNER, ...WALLET_STAFF },
  confirmTopUp: { operator: ['any'], finance: ['any'] },
  enterExchangeRate: { operator: ['any'], finance: ['any'] },
  listExchangeRates: EVERYONE,
  convertMoney: { marketplace_staff: ['own'], merchant_admin: ['own'], carrier: ['own'] },

  // tracking: who may bring a scan; whether it is believed is decided per scan
  recordScans: {
    operator: ['own'],
    carrier: ['own'],
    courier: ['own'],
    warehouse_staff: ['own'],
    merchant_app: ['own'],
  },
  correctScan: { operator: ['any'], carrier: ['carrier'] },
  trackNumber: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  readParcelTimeline: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    warehouse_staff: ['warehouse'],
  },
  listParcels: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['own'],
    carrier: ['own'],
    warehouse_staff: ['own'],
  },
  createBuyerLink: {
    ...MERCHANT,
    operator: ['any'],
    customer_service: ['any'],
    marketplace_staff: ['client'],
  },
  revokeBuyerLink: {
    ...MERCHANT,
    operator: ['any'],
    customer_service: ['any'],
    marketplace_staff: ['client'],
  },
  trackParcel: PUBLIC,
  readTrackingForm: PUBLIC,
  submitTrackingForm: PUBLIC,
  readTrackingPage: PUBLIC,

  // interceptions and another recipient
  changeRecipient: { ...MERCHANT, marketplace_staff: ['client'] },
  requestInterception: { ...MERCHANT, marketplace_staff: ['client'] },
  answerInterception: { carrier: ['carrier'] },
  cancelInterception: { ...MERCHANT, marketplace_staff: ['client'] },
  listInterceptions: { ...MERCHANT, ...NETWORK_READ, carrier: ['own'] },
  readInterception: { ...MERCHANT, ...NETWORK_READ, marketplace_staff: ['client'], carrier: ['carrier'] },

  // deliveries: a courier reaches his own list; proofs are for those who may have to answer for them
  planDeliveryRun: { carrier: ['own'] },
  readDeliveryRun: { ...NETWORK_READ, carrier: ['carrier'], courier: ['courier'] },
  departDeliveryRun: { carrier: ['carrier'], courier: ['courier'] },
  closeDeliveryRun: { carrier: ['carrier'], courier: ['courier'] },
  handInDeliveryCash: { carrier: ['carrier'] },
  listCourierDeliveries: { courier: ['own'] },
  listDeliveries: { carrier: ['own'] },
  readDelivery: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
    courier: ['courier'],
  },
  listShipmentDeliveries: {
    ...MERCHANT,
    ...NETWORK_READ,
    marketplace_staff: ['client'],
    carrier: ['carrier'],
  },
  reportDelivery: { carrier: ['carrier'], courier: ['courier'] },
  reportDeliveries: { carrier: ['own'], courier: ['own'] },
  completeDeliveryReturn: { carrier: ['carrier'] },
  disposeParcel: { carrier: ['carrier'] },
  uploadProof: { carrier: ['own'], courier: ['own'] },
  readProof: {
    ...MERCHANT,
    customer_service: ['any'],
    risk_inspector: ['any'],
    marketplace_staff: ['client'],
    carrier: ['carrier'],
  },
  stateDeliveryWish: { ...MERCHANT, marketplace_staff: ['client'] },
  issueDeliveryPin: { ...MERCHANT, marketplace_staff: ['client'] },
  remitCod: { carrier: ['own'] },
  reconcileCod: { operator: ['any'], finance: ['any'] },

  // notices: an endpoint and its log are their owner's alone
  listEvents: { ...WEBHOOK_OWNER, merchant_clerk: ['own'], ...NETWORK_READ },
  createWebhookEndpoint: WEBHOOK_OWNER,
  listWebhookEndpoints: WEBHOOK_OWNER,
  readWebhookEndpoint: WEBHOOK_OWNER,
  changeWebhookEndpoint: WEBHOOK_OWNER,
  deleteWebhookEndpoint: WEBHOOK_OWNER,
  rotateWebhookSecret: WEBHOOK_OWNER,
  listWebhookDeliveries: WEBHOOK_OWNER,
  replayWebhookDelivery: WEBHOOK_OWNER,
  replayWebhookEndpoint: WEBHOOK_OWNER,
  testWebhookEndpoint: WEBHOOK_OWNER,
} as const satisfies Record<string, AccessRow>;

export type Operation = keyof typeof TABLE;
export const ACCESS_TABLE: Readonly<Record<Operation, AccessRow>> = TABLE;

export function rolesOf(operation: string): readonly Role[] {
  const row: AccessRow | undefined = (ACCESS_TABLE as Record<string, AccessRow>)[operation];
  return row === undefined ? [] : (Object.keys(row) as Role[]);
}

export function relationsOf(role: Role, operation: string): readonly Relation[] {
  return (ACCESS_TABLE as Record<string, AccessRow | undefined>)[operation]?.[role] ?? [];
}

export function isPublicOperation(operation: string): boolean {
  return rolesOf(operation).includes('anonymous');
}

export { MERCHANT };
