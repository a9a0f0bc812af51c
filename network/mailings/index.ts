import type { Route } from '../../platform/http/index.ts';
import { appRoutes } from './app-routes.ts';
import { PORTAL } from './code-store.ts';
import { counterRoutes } from './counter-routes.ts';
import { doorFreightRoutes } from './door-freight-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { pointRoutes } from './point-routes.ts';
import { portalRoutes } from './portal-routes.ts';
import type { MailingPorts } from './ports.ts';

export { MAILING_ERRORS } from './errors.ts';
export { MAILING_EVENTS } from './events.ts';
export type { MailingPorts } from './ports.ts';
export { mailingJobs, mailingReactions } from './reactions.ts';
export { mailingRelations } from './relations.ts';
export { DEFAULT_MAILING_POLICY } from './rulebook.ts';
export { MAILING_POLICY_KIND } from './rulebook-kind.ts';

export function mailingRoutes(ports: MailingPorts): readonly Route[] {
  return [
    ...appRoutes(ports),
    ...counterRoutes(ports),
    ...pointRoutes(ports),
    ...doorRoutes(ports),
    ...doorFreightRoutes(),
    ...portalRoutes(ports),
  ];
}

export const { schedulePurge: scheduleMailingPurge } = PORTAL;
