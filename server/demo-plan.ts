import type { OpenOrganisation, Role } from '../network/accounts/index.ts';
import { CARRIERS } from '../network/carriers/index.ts';

/** An organisation of the demo. `slug` is its name in demo.json; `name` is how a later start finds it again. */
export type DemoOrganisation = {
  readonly slug: string;
  readonly kind: Exclude<OpenOrganisation['kind'], 'operator'>;
  readonly name: string;
  readonly country: string;
  /** Slug of its marketplace. */
  readonly clientOf?: string;
  readonly carrierCode?: string;
  readonly roles: readonly Role[];
};

const MERCHANT_ROLES = ['merchant_admin', 'merchant_clerk', 'merchant_app'] as const;

/** Staff roles of the network itself, each with a key of its own. */
export const DEMO_OPERATOR_ROLES = ['customer_service', 'risk_inspector', 'finance', 'auditor'] as const;

/**
 * A small network with one of everything: two marketplaces, so that one can see that they do not see each other;
 * merchants in three regions; every carrier that takes orders here, with couriers; a first warehouse per region.
 * Marketplaces come before their merchants.
 */
export function demoOrganisations(): readonly DemoOrganisation[] {
  return [
    {
      slug: 'marketplace',
      kind: 'marketplace',
      name: 'Harbour Market',
      country: 'CN',
      roles: ['marketplace_staff'],
    },
    {
      slug: 'marketplace_2',
      kind: 'marketplace',
      name: 'Mercado do Sol',
      country: 'BR',
      roles: ['marketplace_staff'],
    },
    {
      slug: 'merchant',
      kind: 'merchant',
      name: 'Lantern Goods',
      country: 'CN',
      clientOf: 'marketplace',
      roles: MERCHANT_ROLES,
    },
    {
      slug: 'merchant_br',
      kind: 'merchant',
      name: 'Loja Ipê',
      country: 'BR',
      clientOf: 'marketplace_2',
      roles: MERCHANT_ROLES,
    },
    {
      slug: 'merchant_de',
      kind: 'merchant',
      name: 'Nordhafen Versand',
      country: 'DE',
      roles: MERCHANT_ROLES,
    },
    ...CARRIERS.filter((carrier) => carrier.orderIntake === 'native').map(
      (carrier): DemoOrganisation => ({
        slug: carrier.code,
        kind: 'carrier',
        name: carrier.names.en,
        country: carrier.country,
        carrierCode: carrier.code,
        roles: ['carrier', 'courier'],
      }),
    ),
    ...(['CN', 'DE', 'BR'] as const).map(
      (country): DemoOrganisation => ({
        slug: `warehouse_${country.toLowerCase()}`,
        kind: 'warehouse',
        name: `First warehouse ${country}`,
        country,
        roles: ['warehouse_staff'],
      }),
    ),
    {
      slug: 'point',
      kind: 'point_operator',
      name: 'Corner Point',
      country: 'CN',
      roles: ['point_staff', 'point_clerk'],
    },
  ];
}
