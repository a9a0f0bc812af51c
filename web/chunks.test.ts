import { expect, test } from 'vitest';
import { chunksBelow } from './chunks.ts';

/** Every face imports what it names, at once. */
const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  '/web/src/main.tsx': ['/web/src/look/look.css', '/lib/react-dom.js'],
  '/web/src/buyer/face.tsx': ['/web/src/buyer/way.ts', '/web/src/kit/button.tsx'],
  '/web/src/operations/face.tsx': ['/web/src/ground/shell.tsx', '/web/src/kit/table.tsx'],
  '/web/src/merchant/face.tsx': [
    '/web/src/ground/shell.tsx',
    '/web/src/kit/table.tsx',
    '/web/src/office/wallet.tsx',
  ],
  '/web/src/marketplace/face.tsx': ['/web/src/ground/shell.tsx', '/web/src/kit/table.tsx'],
  '/web/src/carrier/face.tsx': ['/web/src/ground/shell.tsx'],
  '/web/src/point-network/face.tsx': ['/web/src/ground/shell.tsx'],
  '/web/src/ground/shell.tsx': ['/web/src/kit/button.tsx', '/lib/radix.js'],
  '/web/src/kit/button.tsx': ['/lib/react.js'],
};
const graph = { getModuleInfo: (id: string) => ({ importedIds: IMPORTS[id] ?? [] }) };

test('what the buyer shares is one file, what every face of staff needs beyond it a second', () => {
  const chunkOf = chunksBelow('/web/');
  const of = (...ids: string[]) => ids.map((id) => chunkOf(id, graph));
  expect(of('/lib/react.js', '/lib/react-dom.js', '/web/src/kit/button.tsx')).toEqual([
    'base',
    'base',
    'base',
  ]);
  expect(of('/web/src/ground/shell.tsx', '/lib/radix.js')).toEqual(['staff', 'staff']);
  // Some faces are not all of them; a face's own files, its start and styles stay where the bundler puts them.
  expect(of('/web/src/kit/table.tsx', '/web/src/office/wallet.tsx')).toEqual([null, null]);
  expect(of('/web/src/buyer/face.tsx', '/web/src/buyer/way.ts', '/web/src/main.tsx')).toEqual([
    null,
    null,
    null,
  ]);
  expect(of('/web/src/look/look.css')).toEqual([null]);
});

test('a face that is not in the build is named', () => {
  const without = { getModuleInfo: (id: string) => (id.includes('carrier') ? null : { importedIds: [] }) };
  expect(() => chunksBelow('/web/')('/web/src/main.tsx', without)).toThrow('src/carrier/face.tsx');
});
