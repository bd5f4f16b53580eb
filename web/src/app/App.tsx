import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { MapPinOff } from 'lucide-react';
import { useState } from 'react';
import { ExplorePage } from '@/creators/ExplorePage';
import { isModerator, useMe } from '@/members/useMe';
import { SessionGate } from '@/session/SessionGate';
import { texts } from '@/texts/texts';
import { Notice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { Link, Router, useLocation } from '@/ui/router';
import { ToastProvider } from '@/ui/ToastProvider';
import { MemberGate } from './MemberGate';
import { pageAt } from './pages';
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
            <Router>
              <CurrentPage />
            </Router>
          </MemberGate>
        </SessionGate>
      </ToastProvider>
    </QueryClientProvider>
  );
}

/** The page at the address, in its frame. */
function CurrentPage() {
  const { pathname } = useLocation();
  const me = useMe();
  const Content = pathname === '/' ? ExplorePage : (pageAt(pathname, isModerator(me))?.Page ?? NotFoundPage);
  return (
    <Shell>
      <Content />
    </Shell>
  );
}

function NotFoundPage() {
  return (
    <Page title={texts.app.notFound}>
      <Notice icon={MapPinOff} title={texts.app.notFoundHere} action={<Link to="/">{texts.common.exploreCreators}</Link>}>
        <p>{texts.app.notFoundWhy}</p>
      </Notice>
    </Page>
  );
}
