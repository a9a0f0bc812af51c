import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endAll, freshDataFolder, startServer } from '../../server/testbed.ts';

/*
 * The tutorial and the how-to guides are run as they stand: every ```sh block, in a real shell with curl, against the
 * demo that `npm start` brings up. A machine without curl gets a stand-in. The guides continue the tutorial, so all of it is one session.
 */
const ROOT = join(import.meta.dirname, '../..');
const GUIDES = ['connect-a-carrier', 'add-a-line', 'embed-tracking', 'returns', 'join-as-a-point-network'];

const scratch = mkdtempSync(join(tmpdir(), 'postroad-docs-'));
afterAll(async () => {
  await endAll();
  rmSync(scratch, { recursive: true, force: true });
});

/** The search path of the shell: with a stand-in for curl when there is none. */
function pathWith(standIn: boolean): string {
  const path = process.env.PATH ?? '';
  if (!standIn) return path;
  const folder = join(scratch, 'bin');
  mkdirSync(folder, { recursive: true });
  const program = join(import.meta.dirname, 'curl.fixture.ts');
  writeFileSync(join(folder, 'curl'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
    mode: 0o755,
  });
  return `${folder}${delimiter}${path}`;
}

const hasCurl = () => spawnSync('curl', ['--version']).status === 0;

function commandsOf(page: string): string {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((match) => match[1]).join('\n');
}

test('the tutorial and the guides do what they say', { timeout: 120_000 }, async () => {
  const data = freshDataFolder();
  await startServer(data, ['--demo']);
  const pages = ['docs/tutorial.md', ...GUIDES.map((guide) => `docs/how-to/${guide}.md`)];
  const script = pages.map((page) => `echo "== ${page}"\n${commandsOf(page)}`).join('\n');
  const shell = spawnSync('bash', ['-euo', 'pipefail'], {
    cwd: ROOT,
    input: script,
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWith(!hasCurl()), POSTROAD_DATA: data, TMPDIR: scratch },
  });
  const said = new Map(
    shell.stdout
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
  expect(shell.status, `${shell.stdout}\n${shell.stderr}`).toBe(0);
  const tutorial = said.get('docs/tutorial.md') ?? '';
  // What the pages promise in their prose, in this order.
  const lines = tutorial.split('\n');
  expect(lines[0]).toBe('Nordhafen Versand');
  for (const step of ['eu_3_5_days', 'accepted', 'charged', 'accepted duplicate', 'under_way', 'delivered'])
    expect(lines, step).toContain(step);
  expect(lines.filter((line) => line === '{"amount_minor":0,"currency":"EUR"}')).toHaveLength(1);
  expect(readFileSync(join(scratch, 'postroad-tutorial.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  expect(said.get('docs/how-to/connect-a-carrier.md')?.split('\n')).toEqual(
    expect.arrayContaining(['carrier', 'licence', 'tracking_only', 'accepted', 'false']),
  );
  expect(said.get('docs/how-to/join-as-a-point-network.md')?.split('\n')).toEqual(
    expect.arrayContaining(['PN-1', 'training', 'trial', 'reading']),
  );
  expect(said.get('docs/how-to/add-a-line.md')).toMatch(/\n1\neu_3_5_days eu_tutorial\ntrue\n$/);
  expect(said.get('docs/how-to/embed-tracking.md')).toMatch(/^\/t\/trk_test_\S+\ndelivered\n404\ntrue\n$/);
  expect(said.get('docs/how-to/returns.md')).toMatch(/^404\n0\n30\n$/);
});
