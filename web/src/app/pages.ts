import { type LazyPage, lazyPage } from '@/ui/lazyPage';
import { matchPath } from '@/ui/router';

// The pages that are loaded when they are first shown, by their path. Explore is not among them: it comes with the frame.
const pages: Readonly<Record<string, LazyPage>> = {
  '/blocked': lazyPage(async () => (await import('@/safety/BlockedPage')).BlockedPage),
  '/connections': lazyPage(async () => (await import('@/connections/ConnectionsPage')).ConnectionsPage),
  '/creators/:id': lazyPage(async () => (await import('@/creators/CreatorPage')).CreatorPage),
  '/email-preferences': lazyPage(async () => (await import('@/profile/EmailPreferencesPage')).EmailPreferencesPage),
  '/favourites': lazyPage(async () => (await import('@/creators/FavouritesPage')).FavouritesPage),
  '/messages/:id?': lazyPage(async () => (await import('@/messenger/MessengerPage')).MessengerPage),
  '/pending': lazyPage(async () => (await import('@/invites/PendingPage')).PendingPage),
  '/profile': lazyPage(async () => (await import('@/profile/ProfilePage')).ProfilePage),
  '/your-data': lazyPage(async () => (await import('@/profile/YourDataPage')).YourDataPage),
};

/** The page at an address, other than Explore; undefined if there is none. */
export function pageAt(pathname: string): LazyPage | undefined {
  return Object.entries(pages).find(([path]) => matchPath(path, pathname))?.[1];
}
