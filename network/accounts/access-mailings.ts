import { type AccessRow, MERCHANT, NETWORK_READ, PUBLIC, WALLET_STAFF } from './access-roles.ts';

/** Orders for the people of an app or marketplace. */
const FOR_PEOPLE = { ...MERCHANT, marketplace_staff: ['own'] } as const;
/** A parcel lies open before him: at a counter, or at the door that he was sent to. */
const AT_COUNTER = {
  point_staff: ['point'],
  point_clerk: ['point'],
  carrier: ['courier'],
  courier: ['courier'],
} as const;
/** Works at the counter. */
const COUNTER = { point_staff: ['own'], point_clerk: ['own'] } as const;

/** What a carrier's couriers took; a courier sees his own. */
const DOOR_FREIGHT = { ...WALLET_STAFF, carrier: ['own'], courier: ['own'] } as const;

/** Rows of the access table: parcels that persons send. */
export const MAILING_ROWS = {
  quoteMailing: FOR_PEOPLE,
  listMailingOptions: FOR_PEOPLE,
  placeMailing: FOR_PEOPLE,
  listMailings: { ...NETWORK_READ, ...FOR_PEOPLE },
  readMailing: { ...NETWORK_READ, ...FOR_PEOPLE },
  changeMailing: FOR_PEOPLE,
  routeMailing: FOR_PEOPLE,
  cancelMailing: { ...FOR_PEOPLE, operator: ['any'], customer_service: ['any'] },
  quoteInMailingPortal: PUBLIC,
  listMailingPortalOptions: PUBLIC,
  placeInMailingPortal: PUBLIC,
  readMailingPortal: PUBLIC,
  changeInMailingPortal: PUBLIC,
  routeInMailingPortal: PUBLIC,
  cancelInMailingPortal: PUBLIC,
  readMailingCode: {
    point_staff: ['own'],
    point_clerk: ['own'],
    carrier: ['own'],
    courier: ['own'],
  },
  priceAtMailingCounter: AT_COUNTER,
  takeMailingIn: AT_COUNTER,
  turnMailingAway: AT_COUNTER,
  undoMailingIntake: AT_COUNTER,
  printMailingLabel: AT_COUNTER,
  quoteAtMailingCounter: COUNTER,
  takeWalkInMailing: COUNTER,
  listPointMailings: COUNTER,
  handOverMailings: COUNTER,
  listDoorMailings: { carrier: ['own'], courier: ['own'] },
  listDoorFreight: DOOR_FREIGHT,
  listDoorFreightDays: DOOR_FREIGHT,
  revealMailingContact: { carrier: ['courier'], courier: ['courier'] },
} as const satisfies Record<string, AccessRow>;
