export { type PullCredential, type Pulled, type PullPorts, pull } from './pull.ts';
export { createTokenShelf } from './token-shelf.ts';
