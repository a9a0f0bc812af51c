export { csvText } from './csv.ts';
export { CsvError, type CsvRow, readCsv } from './read.ts';
