import type { Route } from '../../platform/http/index.ts';
import { announcerRoutes } from './announcer-routes.ts';
import { buyerShelfRoutes } from './buyer-routes.ts';
import { cashRoutes } from './cash-routes.ts';
import { counterRoutes } from './counter-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import type { ShelfPorts } from './ports.ts';

export function shelfRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    ...announcerRoutes(ports),
    ...counterRoutes(ports),
    ...deviceRoutes(ports),
    ...cashRoutes(ports),
    ...buyerShelfRoutes(ports),
  ];
}
