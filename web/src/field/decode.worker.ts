// WebAssembly runs here and not in the page: a worker has the policy of its own file, and the page's stays as strict
// as it is, without 'wasm-unsafe-eval'.
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

/** What stands on parcels, bags and screens. */
const OPTIONS: ReaderOptions = {
  formats: ['Code128', 'Code39', 'ITF', 'EAN13', 'QRCode', 'DataMatrix'],
  tryHarder: true,
  maxNumberOfSymbols: 4,
};

addEventListener('message', async ({ data }: MessageEvent<{ id: number; picture: ImageData }>) => {
  const found = await readBarcodes(data.picture, OPTIONS).catch(() => []);
  const codes = found.filter((one) => one.isValid).map((one) => one.text);
  postMessage({ id: data.id, codes });
});
