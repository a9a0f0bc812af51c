export { csvText } from './csv.ts';
export { CsvError, type CsvReader, type CsvRow, openCsv, readCsv } from './read.ts';
