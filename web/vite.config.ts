import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { budget, serviceWorker } from './buildPlugins.ts';
import { en } from './src/texts/en.ts';

// The local host. `npm run dev` forwards everything that is not part of the client to it.
const host = process.env.CONNECTIONS_HOST ?? 'http://localhost:7071';

export default defineConfig({
  plugins: [react(), serviceWorker(), budget(130_000, ['src/session/development.ts', 'src/session/lastSeen.ts'])],
  // The words of index.html, which shows before the client knows the member.
  define: {
    'import.meta.env.DESCRIPTION': JSON.stringify(en.product.description),
    'import.meta.env.LANGUAGE': JSON.stringify(en.language),
    'import.meta.env.NEEDS_SCRIPT': JSON.stringify(en.product.needsScript),
    'import.meta.env.PRODUCT': JSON.stringify(en.product.name),
  },
  resolve: { alias: { '@': `${import.meta.dirname}/src` } },
  build: {
    target: 'es2022',
    // The page's Content-Security-Policy does not allow inline scripts and pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Two chunks for what every page needs, instead of many small ones that compress badly: our code, and the libraries, which change
        // rarely and stay in the browser's cache.
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
      '/problems': host,
      '/dev': host,
      '/config.json': host,
      '/client': { target: host, ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    // Longer than the waits of a test: see the setup.
    testTimeout: 30_000,
    // The browser build. The other one is for Node and brings its own WebSocket.
    alias: { '@azure/web-pubsub-client': `${import.meta.dirname}/node_modules/@azure/web-pubsub-client/dist/browser/index.js` },
    server: { deps: { inline: ['@azure/web-pubsub-client'] } },
  },
});
