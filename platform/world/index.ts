export { type Poller, type Round, startPoller } from './poller.ts';
export { createWorld, newId, openWork, type Work, type World } from './world.ts';
