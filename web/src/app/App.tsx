import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { MapPinOff } from 'lucide-react';
import { useState } from 'react';
import { BrowserRouter, Link, Route, Routes } from 'react-router';
import { ExplorePage } from '@/creators/ExplorePage';
import { SessionGate } from '@/session/SessionGate';
import { Notice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { ToastProvider } from '@/ui/ToastProvider';
import { MemberGate } from './MemberGate';
import { pages } from './pages';
import { Shell } from './Shell';

/** The web client, from its configuration to the page at its address. */
export function App() {
  // The cache for queries made before sign-in. Each session has its own.
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

/** All pages and their routes. */
function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<ExplorePage />} />
        {Object.entries(pages).map(([path, { Page: Content }]) => (
          <Route key={path} path={path} element={<Content />} />
        ))}
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

function NotFoundPage() {
  return (
    <Page title="Page not found">
      <Notice icon={MapPinOff} title="There is nothing at this address" action={<Link to="/">Explore creators</Link>}>
        <p>The link may be mistyped, or what it led to is gone.</p>
      </Notice>
    </Page>
  );
}
