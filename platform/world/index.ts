export { createWorld, newId, openWork, type Work, type World } from './world.ts';
