import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The local host, which `npm run dev` passes everything to that is not the client itself.
const host = process.env.CONNECTIONS_HOST ?? 'http://localhost:7071';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': `${import.meta.dirname}/src` } },
  build: {
    target: 'es2022',
    // The page's Content-Security-Policy lets no script or picture come from the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs, in two files rather than in many small ones that compress badly: the libraries, which change seldom
        // and stay in the browser's cache, and our own.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 2 },
            { name: 'product', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': host,
      '/dev': host,
      '/config.json': host,
      '/client': { target: host, ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    // As in a browser: its other build is for Node, and brings a WebSocket of its own.
    alias: { '@azure/web-pubsub-client': `${import.meta.dirname}/node_modules/@azure/web-pubsub-client/dist/browser/index.js` },
    server: { deps: { inline: ['@azure/web-pubsub-client'] } },
  },
});
