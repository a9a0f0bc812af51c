import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { chunksBelow } from './chunks.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: HERE,
  plugins: [react(), tailwindcss()],
  // The SDK from its sources: no build of its own before ours.
  resolve: { conditions: ['postroad-source', ...defaultClientConditions] },
  build: {
    manifest: true,
    target: 'es2023',
    // A data: address in a style would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: chunksBelow(HERE), debugName: 'shared' }] } },
    },
  },
  worker: { format: 'es' },
  // `npm run dev -w web`: pages from here, the API from a running server.
  server: { port: 5173, proxy: { '/v1': 'http://127.0.0.1:8080', '/docs': 'http://127.0.0.1:8080' } },
});
