export { partySchema, shownPartySchema } from './contract.ts';
export { VAULT_EVENTS } from './events.ts';
export { MASK_KIND, MASK_PROFILES, type MaskProfileName } from './mask-rules.ts';
export { DEFAULT_MASKS, MaskDocument, type MaskedParty, maskParty } from './masks.policy.ts';
export {
  type AuditEntry,
  PARTY_FIELDS,
  type Party,
  type PartyAddress,
  type PartyField,
  type PartyKey,
  PURPOSES,
  type Purpose,
  type ShownParty,
  VAULT_ERRORS,
  type VaultErrorCode,
} from './model.ts';
export { DEFAULT_REVEALS, REVEAL_KIND, RevealDocument } from './reveals.policy.ts';
export { type PartyAccess, partyRelations, vaultRoutes } from './routes.ts';
export type { KnownParties } from './store-parties.ts';
export { type BlobSealer, createVault, type Revealed, type Showing, type Vault } from './vault.ts';
