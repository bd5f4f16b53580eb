import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { ExplorePage } from '../creators/ExplorePage';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

const BlockedPage = lazy(async () => ({ default: (await import('../safety/BlockedPage')).BlockedPage }));
const ConnectionsPage = lazy(async () => ({ default: (await import('../connections/ConnectionsPage')).ConnectionsPage }));
const CreatorPage = lazy(async () => ({ default: (await import('../creators/CreatorPage')).CreatorPage }));
const EmailPreferencesPage = lazy(async () => ({ default: (await import('../profile/EmailPreferencesPage')).EmailPreferencesPage }));
const FavouritesPage = lazy(async () => ({ default: (await import('../favourites/FavouritesPage')).FavouritesPage }));
const MessengerPage = lazy(async () => ({ default: (await import('../messenger/MessengerPage')).MessengerPage }));
const PendingPage = lazy(async () => ({ default: (await import('../invites/PendingPage')).PendingPage }));
const ProfilePage = lazy(async () => ({ default: (await import('../profile/ProfilePage')).ProfilePage }));
const YourDataPage = lazy(async () => ({ default: (await import('../profile/YourDataPage')).YourDataPage }));

/** Every page by its address. */
export function Pages() {
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
