import { z } from 'zod';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';
import { PARTY_FIELDS, type PartyField, PURPOSES, type Purpose, type VaultErrorCode } from './model.ts';

/** Roles that may ever see clear text; an auditor sees masks only (promises, "Decisions already taken"). */
const REVEALING_ROLES = [
  'operator',
  'customer_service',
  'risk_inspector',
  'marketplace_staff',
  'merchant_admin',
  'merchant_clerk',
  'merchant_app',
  'carrier',
  'courier',
  'warehouse_staff',
  'point_staff',
] as const;

const allowance = z.strictObject({
  perHour: z.int().min(0).max(100_000).describe('Reveals of one key or log-in in any hour'),
  purposes: z.array(z.enum(PURPOSES)).max(PURPOSES.length),
  fields: z.array(z.enum(PARTY_FIELDS)).max(PARTY_FIELDS.length),
});
export type Allowance = z.infer<typeof allowance>;

/** The rulebook of reveals: who may see what for which purpose, and how often. A role that is not named may not. */
export const RevealDocument = z
  .strictObject({
    roles: z.partialRecord(z.enum(REVEALING_ROLES), allowance),
    source: z.string().min(1).max(500),
  })
  .meta({ id: 'RevealDocument', description: 'Who may see personal data in clear text' });
export type RevealDocument = z.infer<typeof RevealDocument>;

const DOOR: PartyField[] = ['name', 'company', 'phone', 'address'];
const ALL: PartyField[] = [...PARTY_FIELDS];
const CONTACT: PartyField[] = ['name', 'company', 'phone', 'email', 'address'];

/**
 * Shipped with the product. Numbers are our defaults: a courier with 150 stops a day calls at most one in three
 * within one busy hour; apps of merchants and carriers print and route by the hundred; staff look at single cases.
 */
export const DEFAULT_REVEALS: RevealDocument = {
  source: 'our default; per-role quotas are asked for in domain 1.5',
  roles: {
    operator: { perHour: 30, purposes: ['legal_request', 'data_subject_request'], fields: ALL },
    customer_service: {
      perHour: 60,
      purposes: ['customer_contact', 'claim', 'data_subject_request'],
      fields: CONTACT,
    },
    risk_inspector: { perHour: 60, purposes: ['fraud_investigation', 'claim', 'legal_request'], fields: ALL },
    marketplace_staff: {
      perHour: 60,
      purposes: ['customer_contact', 'claim', 'data_subject_request'],
      fields: CONTACT,
    },
    merchant_admin: {
      perHour: 200,
      purposes: ['customer_contact', 'claim', 'data_subject_request', 'label_print'],
      fields: ALL,
    },
    merchant_clerk: { perHour: 60, purposes: ['customer_contact', 'claim', 'label_print'], fields: CONTACT },
    merchant_app: {
      perHour: 1_000,
      purposes: ['customer_contact', 'label_print', 'customs_declaration'],
      fields: ALL,
    },
    carrier: { perHour: 1_000, purposes: ['delivery', 'pickup', 'customs_declaration'], fields: ALL },
    courier: { perHour: 60, purposes: ['delivery', 'pickup'], fields: DOOR },
    warehouse_staff: { perHour: 30, purposes: ['label_print', 'customs_declaration'], fields: DOOR },
    point_staff: { perHour: 60, purposes: ['delivery', 'pickup'], fields: ['name', 'phone'] },
  },
};

/** May this role see these fields for this purpose, after `seenLastHour` reveals in the last hour? */
export function judgeReveal(
  document: RevealDocument,
  role: string,
  asked: { readonly purpose: Purpose; readonly fields: readonly PartyField[] },
  seenLastHour: number,
): Outcome<Allowance, VaultErrorCode> {
  const roles: Readonly<Record<string, Allowance | undefined>> = document.roles;
  const own = Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (own === undefined) return refused('reveal_not_allowed', `The role ${role} sees masked data only.`);
  if (!own.purposes.includes(asked.purpose)) {
    return refused(
      'reveal_not_allowed',
      `The role ${role} has the purposes ${own.purposes.join(', ') || 'none'}.`,
    );
  }
  if (asked.fields.some((field) => !own.fields.includes(field))) {
    return refused('reveal_not_allowed', `The role ${role} may see ${own.fields.join(', ') || 'no field'}.`);
  }
  if (seenLastHour >= own.perHour) {
    return refused('reveal_quota_exhausted', `The role ${role} may reveal ${own.perHour} times in an hour.`);
  }
  return accepted(own);
}

/** Set by the operator for the whole network: a platform cannot widen what the law allows. */
export const REVEAL_KIND = defineRulebookKind<RevealDocument>({
  kind: 'reveals',
  title: 'Who may see personal data in clear text, for what, how often',
  scopes: ['network'],
  schema: RevealDocument,
  runTests: (document) => {
    const failures: TestFailure[] = [];
    for (const [role, own] of Object.entries(document.roles)) {
      if (own === undefined || own.perHour === 0) continue;
      if (own.purposes.length === 0 || own.fields.length === 0) {
        failures.push({
          test: 'an allowance can be used',
          message: `${role} has no purpose or no field`,
          ruleId: role,
        });
      }
    }
    const courier = document.roles.courier;
    if (courier?.fields.some((field) => field === 'tax_ids' || field === 'email')) {
      failures.push({
        test: 'a courier sees what the door needs and no more',
        message: 'take tax_ids and email away',
        ruleId: 'courier',
      });
    }
    return failures;
  },
});
