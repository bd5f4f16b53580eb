import { matchPath } from 'react-router';
import { type LazyPage, lazyPage } from '@/ui/lazyPage';

/** The pages that are loaded when they are first shown, by their path. Explore is not among them: it comes with the frame. */
export const pages: Readonly<Record<string, LazyPage>> = {
  '/blocked': lazyPage(async () => (await import('@/safety/BlockedPage')).BlockedPage),
  '/connections': lazyPage(async () => (await import('@/connections/ConnectionsPage')).ConnectionsPage),
  '/creators/:id': lazyPage(async () => (await import('@/creators/CreatorPage')).CreatorPage),
  '/email-preferences': lazyPage(async () => (await import('@/profile/EmailPreferencesPage')).EmailPreferencesPage),
  '/favourites': lazyPage(async () => (await import('@/creators/FavouritesPage')).FavouritesPage),
  '/messages/:connectionId?': lazyPage(async () => (await import('@/messenger/MessengerPage')).MessengerPage),
  '/pending': lazyPage(async () => (await import('@/invites/PendingPage')).PendingPage),
  '/profile': lazyPage(async () => (await import('@/profile/ProfilePage')).ProfilePage),
  '/your-data': lazyPage(async () => (await import('@/profile/YourDataPage')).YourDataPage),
};

/** Begins to load the page at an address, beside everything else that it needs. */
export function preloadPage(pathname: string): void {
  Object.entries(pages)
    .find(([path]) => matchPath(path, pathname) !== null)?.[1]
    .preload();
}
