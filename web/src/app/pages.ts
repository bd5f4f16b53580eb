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
  '/privacy': lazyPage(async () => (await import('@/profile/PrivacyPage')).PrivacyPage),
  '/profile': lazyPage(async () => (await import('@/profile/ProfilePage')).ProfilePage),
  '/your-data': lazyPage(async () => (await import('@/profile/YourDataPage')).YourDataPage),
};

// Only with the role. To everybody else there are no such pages.
const moderatorsPages: Readonly<Record<string, LazyPage>> = {
  '/moderation': lazyPage(async () => (await import('@/moderation/DeskPage')).DeskPage),
  '/moderation/members/:id': lazyPage(async () => (await import('@/moderation/ModeratedMemberPage')).ModeratedMemberPage),
};

/** The page at an address, other than Explore; undefined if there is none for such a member. */
export function pageAt(pathname: string, isModerator = false): LazyPage | undefined {
  return Object.entries(isModerator ? { ...pages, ...moderatorsPages } : pages).find(([path]) => matchPath(path, pathname))?.[1];
}
