import type { Work } from '../../platform/world/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { RulebookKind } from '../rulebooks/index.ts';
import type { Vault } from '../vault/index.ts';
import type { DeclarationFacts } from './facts.ts';
import type { FalseTrackingDocument } from './rulebook.ts';

/** A declaration with everything that is known of its number. */
export type DeclaredCase = {
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly orderId: string;
  readonly withdrawnAt: Instant | undefined;
  readonly facts: DeclarationFacts;
};

export type AuthenticityPorts = {
  readonly vault: Vault;
  readonly rulebook: RulebookKind<FalseTrackingDocument>;
  /** Read in the network's scope: what others declared and what their parcels did is for the judge alone. */
  readonly readDeclaration: (work: Work, externalShipmentId: string) => Promise<DeclaredCase | undefined>;
};
