import { Clock } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionTarget } from '../connections/useConnectionActions';
import { Button } from '../ui/Button';
import { RevokeDialog } from './RevokeDialog';

/** The clock: takes an invite back, after asking. */
export function TakeBackButton({ invite }: { readonly invite: ConnectionTarget }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={Clock} aria-label={`Take back your invite to ${invite.other.displayName}`} onClick={() => setAsking(true)}>
        Take back
      </Button>
      {asking && <RevokeDialog invite={invite} onClose={() => setAsking(false)} />}
    </>
  );
}
