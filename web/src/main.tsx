import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { pageAt } from '@/app/pages';
import { texts } from '@/texts/texts';
import '@/ui/base.css';
import '@/ui/tokens.css';

document.documentElement.lang = texts.language;
const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root".');
}

// Beside everything else that it needs.
pageAt(window.location.pathname)?.preload();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// A file that is dropped where nothing takes it would replace the page.
for (const type of ['dragover', 'drop'] as const) {
  window.addEventListener(type, (event) => {
    if (event.dataTransfer?.types.includes('Files') && !event.defaultPrevented) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    }
  });
}

// After the first page, which needs the network more.
const serviceWorkerDelay = 4_000;
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  window.addEventListener('load', () =>
    setTimeout(() => {
      // Without it, the client works with a network only.
      navigator.serviceWorker.register('/sw.js').catch(() => undefined);
    }, serviceWorkerDelay),
  );
}
