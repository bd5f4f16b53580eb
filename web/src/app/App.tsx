import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter } from 'react-router';
import { SessionGate } from '../session/SessionGate';
import { ToastProvider } from '../ui/ToastProvider';
import { MemberGate } from './MemberGate';
import { Pages } from './Pages';

/** The web client, from its configuration to the page at its address. */
export function App() {
  // What is read before anybody is signed in; each session has a cache of its own.
  const [cache] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={cache}>
      <ToastProvider>
        <SessionGate>
          <MemberGate>
            <BrowserRouter>
              <Pages />
            </BrowserRouter>
          </MemberGate>
        </SessionGate>
      </ToastProvider>
    </QueryClientProvider>
  );
}
