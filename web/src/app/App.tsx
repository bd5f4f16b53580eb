import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { MapPinOff } from 'lucide-react';
import { lazy, useState } from 'react';
import { BrowserRouter, Link, Route, Routes } from 'react-router';
import { ExplorePage } from '@/creators/ExplorePage';
import { SessionGate } from '@/session/SessionGate';
import { Notice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { ToastProvider } from '@/ui/ToastProvider';
import { MemberGate } from './MemberGate';
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

const BlockedPage = lazy(async () => ({ default: (await import('@/safety/BlockedPage')).BlockedPage }));
const ConnectionsPage = lazy(async () => ({ default: (await import('@/connections/ConnectionsPage')).ConnectionsPage }));
const CreatorPage = lazy(async () => ({ default: (await import('@/creators/CreatorPage')).CreatorPage }));
const EmailPreferencesPage = lazy(async () => ({ default: (await import('@/profile/EmailPreferencesPage')).EmailPreferencesPage }));
const FavouritesPage = lazy(async () => ({ default: (await import('@/creators/FavouritesPage')).FavouritesPage }));
const MessengerPage = lazy(async () => ({ default: (await import('@/messenger/MessengerPage')).MessengerPage }));
const PendingPage = lazy(async () => ({ default: (await import('@/invites/PendingPage')).PendingPage }));
const ProfilePage = lazy(async () => ({ default: (await import('@/profile/ProfilePage')).ProfilePage }));
const YourDataPage = lazy(async () => ({ default: (await import('@/profile/YourDataPage')).YourDataPage }));

/** All pages and their routes. */
function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<ExplorePage />} />
        <Route path="/blocked" element={<BlockedPage />} />
        <Route path="/connections" element={<ConnectionsPage />} />
        <Route path="/creators/:id" element={<CreatorPage />} />
        <Route path="/email-preferences" element={<EmailPreferencesPage />} />
        <Route path="/favourites" element={<FavouritesPage />} />
        <Route path="/messages/:connectionId?" element={<MessengerPage />} />
        <Route path="/pending" element={<PendingPage />} />
        <Route path="/profile" element={<ProfilePage />} />
        <Route path="/your-data" element={<YourDataPage />} />
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
