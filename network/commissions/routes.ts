import type { Route } from '../../platform/http/index.ts';
import type { Vault } from '../vault/index.ts';
import { deductionRoutes } from './deduction-routes.ts';
import { statementRoutes } from './statement-routes.ts';
import { tariffRoute } from './tariff-route.ts';

export function commissionRoutes(vault: Vault): readonly Route[] {
  return [tariffRoute(), ...statementRoutes(), ...deductionRoutes(vault)];
}
