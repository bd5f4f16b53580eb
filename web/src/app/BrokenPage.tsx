import { TriangleAlert } from 'lucide-react';
import { AskForHelp } from '../session/AskForHelp';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';

/** For a fault of the client itself, such as a part of it that could not be loaded after a new version came out. */
export function BrokenPage() {
  return (
    <div>
      <Notice
        icon={TriangleAlert}
        title="This page could not be shown"
        action={
          <Button tone="main" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
      >
        <p>There may be a newer version of Connections. What you typed is kept.</p>
        <AskForHelp about="A page could not be shown" />
      </Notice>
    </div>
  );
}
