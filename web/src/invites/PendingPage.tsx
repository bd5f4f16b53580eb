import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { rows } from '@/api/pages';
import type { Contact, Direction } from '@/api/types';
import { Page } from '@/ui/Page';
import { Segments } from '@/ui/Segments';
import { directionIn } from './inviteGroups';
import { InviteList } from './InviteList';
import { useInvites } from './useInvites';

/** The member's invites, received and sent: those that wait for an answer, and those that got one lately. */
export function PendingPage() {
  const [query] = useSearchParams();
  const received = useInvites('received');
  const sent = useInvites('sent');
  const waiting = { received: waitingIn(rows(received.data)), sent: waitingIn(rows(sent.data)) };
  // Chosen once: whoever answers their last invite is not taken to the other side for it.
  const [first, setFirst] = useState<Direction>();
  if (first === undefined && !received.isPending) {
    setFirst(waiting.received > 0 ? 'received' : 'sent');
  }

  const direction = directionIn(query) ?? first;
  return (
    <Page title="Pending" intro="Invites that wait for an answer, and those answered in the last 30 days.">
      <Segments
        label="Received or sent"
        segments={[
          {
            to: '?direction=received',
            name: 'Received',
            current: direction === 'received',
            count: waiting.received,
            counted: 'waiting for your answer',
          },
          { to: '?direction=sent', name: 'Sent', current: direction === 'sent', count: waiting.sent, counted: 'waiting' },
        ]}
      />
      {direction !== undefined && <InviteList key={direction} direction={direction} />}
    </Page>
  );
}

function waitingIn(invites: readonly Contact[]): number {
  return invites.filter((invite) => invite.state === 'pending').length;
}
