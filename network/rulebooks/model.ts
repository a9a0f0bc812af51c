import type { Catalogue, Id, Instant, OrganisationId } from '../kernel/index.ts';

export type RulebookId = Id<'rbk'>;
export type RulebookVersionId = Id<'rbv'>;

/** Whose rules: those of a client platform, or those of the network, which hold where a platform has none. */
export type RulebookScope = OrganisationId | 'network';

/** Owner of the network's own books in the tables. */
export const NETWORK = 'network';

export const VERSION_STATES = ['draft', 'tested', 'active', 'retired'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** `organisationId`: the platform, or `network`. One book per owner and kind. */
export type Rulebook = {
  readonly id: RulebookId;
  readonly organisationId: RulebookScope;
  readonly kind: string;
  readonly openedAt: Instant;
};

/** A version without its document. `author`: id of the caller, or `product` for what is shipped. */
export type RulebookVersion = {
  readonly id: RulebookVersionId;
  readonly rulebookId: RulebookId;
  readonly organisationId: RulebookScope;
  readonly kind: string;
  readonly number: number;
  /** SHA-256 of the document with sorted keys, hex. */
  readonly digest: string;
  readonly author: string;
  readonly note: string;
  readonly draftedAt: Instant;
  readonly state: VersionState;
  readonly validFrom: Instant | undefined;
  /** Exclusive; undefined: until further notice. */
  readonly validTo: Instant | undefined;
  /** Grows with each change of state or dates. */
  readonly revision: number;
};

/** Author of versions that come with the product. */
export const PRODUCT = 'product';

/** When a version is in force: from (inclusive) to (exclusive). */
export type Period = {
  readonly organisationId: RulebookScope;
  readonly versionId: RulebookVersionId;
  readonly number: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
};

export const RULEBOOK_ERRORS = {
  rulebook_kind_unknown: {
    status: 422,
    title: 'There is no such kind of rulebook here',
    advice: 'Take a kind that GET /v1/rulebook-kinds lists for you.',
  },
  rulebook_tests_failed: {
    status: 422,
    title: 'The version does not pass its tests',
    advice: 'Run its tests, mend the document in a new draft, and activate that.',
  },
  rulebook_version_not_tested: {
    status: 409,
    title: 'The version has not passed its tests yet',
    advice: 'Run its tests first.',
  },
  rulebook_version_already_active: {
    status: 409,
    title: 'The version is active',
    advice: 'Make a new draft to change the rules.',
  },
  rulebook_version_retired: {
    status: 409,
    title: 'The version is retired',
    advice: 'Make a new draft with the same document.',
  },
  rulebook_date_past: {
    status: 422,
    title: 'Rules cannot begin in the past',
    advice: 'Activate at a moment that is still to come, or leave it out for now.',
  },
  rulebook_no_dry_run: {
    status: 422,
    title: 'This kind of rulebook has no dry run',
    advice: 'Run its tests instead.',
  },
} as const satisfies Catalogue;
export type RulebookErrorCode = keyof typeof RULEBOOK_ERRORS;
