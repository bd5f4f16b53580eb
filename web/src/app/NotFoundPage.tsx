import { MapPinOff } from 'lucide-react';
import { Link } from 'react-router';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';

/** For an address where nothing is. */
export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <Notice icon={MapPinOff} title="There is nothing at this address" action={<Link to="/">Explore creators</Link>}>
        <p>The link may be mistyped, or what it led to is gone.</p>
      </Notice>
    </Page>
  );
}
