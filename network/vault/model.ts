import type {
  Catalogue,
  CountryCode,
  Id,
  Instant,
  OrganisationId,
  PartyRef,
  Position,
} from '../kernel/index.ts';
import type { MaskedParty } from './masks.policy.ts';

/** The address of a person or firm; the same shape as the address of `places`, which checks it before it comes here. */
export type PartyAddress = {
  readonly country: CountryCode;
  readonly divisionCodes?: readonly string[] | undefined;
  readonly division?: string | undefined;
  readonly city: string;
  readonly district?: string | undefined;
  readonly town?: string | undefined;
  readonly postcode?: string | undefined;
  readonly lines: readonly string[];
  readonly position?: Position | undefined;
};

/** `kind`: such as `vat`, `eori`, `ioss`, `cpf`. */
export type TaxId = { readonly kind: string; readonly number: string };

/**
 * A sender, recipient or payer in clear text. `phone`: E.164 where `places` could read it, so that look-ups by number
 * meet. Lives in memory only; a `PartyRef` stands for it everywhere else.
 */
export type Party = {
  readonly name: string;
  readonly company?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly address?: PartyAddress | undefined;
  readonly taxIds?: readonly TaxId[] | undefined;
};

/** As the API names them. */
export const PARTY_FIELDS = ['name', 'company', 'phone', 'email', 'address', 'tax_ids'] as const;
export type PartyField = (typeof PARTY_FIELDS)[number];

/** Who acts, as the audit names him: a caller, or a job with the operator's organisation. */
export type Actor = { readonly id: string; readonly role: string; readonly organisationId: OrganisationId };

/** Whose party: the organisation that brought it in, and the reference. */
export type PartyKey = { readonly organisationId: OrganisationId; readonly ref: PartyRef };

/** A party as a page or label may show it; `erased` ones show nothing. */
export type ShownParty = MaskedParty & { readonly ref: PartyRef; readonly isErased: boolean };

export const PURPOSES = [
  'delivery',
  'pickup',
  'label_print',
  'customs_declaration',
  'customer_contact',
  'claim',
  'fraud_investigation',
  'data_subject_request',
  'legal_request',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export type AuditId = Id<'aud'>;
export type AuditAction = 'reveal' | 'erase' | 'search';

/** Who saw, searched or erased which fields of which party, when and why; never what they said. */
export type AuditEntry = {
  readonly id: AuditId;
  readonly organisationId: OrganisationId;
  /** 1, 2, 3 ... without gaps in each organisation. */
  readonly sequence: number;
  readonly at: Instant;
  readonly action: AuditAction;
  readonly partyRef: PartyRef;
  readonly actorId: string;
  readonly actorRole: string;
  readonly actorOrganisationId: OrganisationId;
  readonly purpose: Purpose;
  readonly fields: readonly PartyField[];
};

export const VAULT_ERRORS = {
  reveal_not_allowed: {
    status: 422,
    title: 'This role may not see this for this purpose',
    advice: 'Name a purpose and fields that your role has; the detail lists them.',
  },
  reveal_quota_exhausted: {
    status: 422,
    title: 'Too many reveals in the last hour',
    advice: 'Wait, or work with the masked data.',
  },
  party_erased: {
    status: 422,
    title: 'The personal data of this party was erased',
    advice: 'There is nothing left to see; what was moved and paid stays known.',
  },
} as const satisfies Catalogue;
export type VaultErrorCode = keyof typeof VAULT_ERRORS;
