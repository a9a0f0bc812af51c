export { type Poller, type Round, startPoller } from './poller.ts';
export { createWorld, type Left, NOTHING_LEFT, newId, openWork, type Work, type World } from './world.ts';
