#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Stands in for curl where a machine has none: the options that the documentation uses, nothing more. What it does not
 * know it refuses, so that a page cannot quietly use another one.
 */
const headers = new Headers();
let method: string | undefined;
let body: string | Uint8Array<ArrayBuffer> | undefined;
let out: string | undefined;
let write: string | undefined;
let failing = false;
let url = '';

const rest = process.argv.slice(2);
const next = () => rest.shift() ?? '';
while (rest.length > 0) {
  const option = next();
  if (option === '-sS') continue;
  if (option === '--fail-with-body') failing = true;
  else if (option === '-H') {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/s.exec(next()) ?? [];
    headers.append(name, value);
  } else if (option === '-X') method = next();
  else if (option === '-o') out = next();
  else if (option === '-w') write = next();
  else if (option === '-d' || option === '--data-binary') {
    const data = next();
    body = data.startsWith('@') ? new Uint8Array(readFileSync(data.slice(1))) : data;
  } else if (option.startsWith('-')) throw new Error(`this stand-in for curl does not know ${option}`);
  else url = option;
}

const answer = await fetch(url, {
  method: method ?? (body === undefined ? 'GET' : 'POST'),
  headers,
  ...(body === undefined ? {} : { body }),
});
const bytes = new Uint8Array(await answer.arrayBuffer());
if (out === undefined) process.stdout.write(bytes);
else writeFileSync(out, bytes);
if (write !== undefined)
  process.stdout.write(write.replace('%{http_code}', String(answer.status)).replace('\\n', '\n'));
if (failing && answer.status >= 400) process.exitCode = 22;
