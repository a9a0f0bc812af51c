import type { Route } from '../../platform/http/index.ts';
import { caseRoutes } from './case-routes.ts';
import type { AuthenticityPorts } from './ports.ts';
import { verificationReadRoutes } from './read-routes.ts';

export function authenticityRoutes(ports: AuthenticityPorts): readonly Route[] {
  return [...verificationReadRoutes(ports), ...caseRoutes(ports)];
}
