import type { Operation } from '../accounts/index.ts';

/**
 * Operations that somebody may have to answer for: keys and people, rules, products, carriers, numbers, limits of
 * money, and interventions into what runs. Everyday moves of parcels stand in their own histories.
 */
export const AUDITED: ReadonlySet<Operation> = new Set<Operation>([
  // keys and people
  'openOrganisation',
  'renameOrganisation',
  'mintApiKey',
  'revokeApiKey',
  'createInvitation',
  'revokeInvitation',
  'changePerson',
  'disablePerson',
  'enablePerson',
  'changePassword',
  // rules and products
  'draftRulebookVersion',
  'activateRulebookVersion',
  'retireRulebookVersion',
  'addLine',
  'addLineVersion',
  'endLine',
  'createProgramme',
  'endProgramme',
  // carriers and numbers
  'decideCarrier',
  'recordCarrierPaper',
  'putRecognisedSource',
  'withdrawRecognisedSource',
  'loadNumberSegment',
  'closeNumberSegment',
  'confirmNumberRestore',
  'loadRoutingRules',
  'resolveRoute',
  'createTrackingCredential',
  'deleteTrackingCredential',
  'createPushSubscription',
  'deletePushSubscription',
  // looks at what carriers wrote, which may name people
  'readCarrierPayload',
  'readScanPayload',
  'readCarrierPayloadAgain',
  // money
  'openWallet',
  'setCreditLimit',
  'confirmTopUp',
  'enterExchangeRate',
  // interventions
  'cancelShipment',
  'changeRecipient',
  'requestInterception',
  'answerInterception',
  'cancelInterception',
  'correctScan',
  'disposeParcel',
  'createWebhookEndpoint',
  'changeWebhookEndpoint',
  'deleteWebhookEndpoint',
  'rotateWebhookSecret',
  'replayDeadLetter',
  'reviveDeadJobs',
  'setTestClock',
]);

/** Acts that the vault tells of itself, by their events. */
export const VAULT_ACTS = { PiiRevealed: 'revealParty', PartyErased: 'eraseParty' } as const;

/** Fields of an answer that name the thing, in this order. */
const NAMES = ['id', 'lineCode', 'code', 'kind', 'eventId'] as const;

/** The thing that was acted upon: a path parameter, else what the answer names. */
export function subjectOf(params: unknown, answer: unknown): string | undefined {
  const [first] = Object.values((params ?? {}) as Record<string, unknown>);
  if (typeof first === 'string') return first;
  const fields = thingOf(answer);
  const name = NAMES.find((candidate) => typeof fields[candidate] === 'string');
  return name === undefined ? undefined : String(fields[name]).slice(0, 100);
}

/** The thing that an answer shows: the answer itself, or the one object in it, as beside a secret that is shown once. */
function thingOf(answer: unknown): Readonly<Record<string, unknown>> {
  const fields = (answer ?? {}) as Record<string, unknown>;
  if (NAMES.some((name) => typeof fields[name] === 'string')) return fields;
  const inner = Object.values(fields).find((value) => typeof value === 'object' && value !== null);
  return (inner ?? fields) as Record<string, unknown>;
}

const ORGANISATION = /^org_[0-9a-hjkmnp-tv-z]{26}$/;

/** Whom it concerns: the organisation that the answer names, else the owner in whose name it ran. */
export function concernedBy(owner: string, answer: unknown): string {
  const named = thingOf(answer).organisationId;
  return typeof named === 'string' && ORGANISATION.test(named) ? named : owner;
}
