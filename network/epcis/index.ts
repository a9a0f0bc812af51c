export { faultsOfText, hashesOfText } from './document.ts';
