import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What a scanner reads from a symbol as the browser painted it, as `format:text`. */
export async function readSymbol(symbol: Locator): Promise<string[]> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const picture = await symbol.screenshot();
  const found = await readBarcodes(new Uint8Array(picture), { formats: ['Code128', 'QRCode'] });
  return found.map(({ format, text }) => `${format}:${text}`);
}
