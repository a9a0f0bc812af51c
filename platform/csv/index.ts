export { csvText } from './csv.ts';
