import { useState } from 'react';
import { rows } from '@/api/pages';
import type { Direction } from '@/api/types';
import { useMe } from '@/members/useMe';
import { invitesTexts } from '@/texts/invites';
import { texts } from '@/texts/texts';
import { Page } from '@/ui/Page';
import { useQueryString } from '@/ui/router';
import { Segments } from '@/ui/Segments';
import { directionIn } from './inviteGroups';
import { InviteList } from './InviteList';
import { countPending, useInvites } from './useInvites';

const said = invitesTexts;

/** The member's invites, received and sent: pending ones, and those answered recently. */
export function PendingPage() {
  const query = useQueryString();
  const received = useInvites('received');
  const sent = useInvites('sent');
  const waiting = { received: countPending(rows(received.data)), sent: countPending(rows(sent.data)) };
  // Decided once: answering the last invite must not switch to the other direction. Creators mostly receive, and brands send.
  const [first, setFirst] = useState<Direction | undefined>(useMe().kind === 'creator' ? 'received' : undefined);
  if (first === undefined && !received.isPending) {
    setFirst(waiting.received > 0 ? 'received' : 'sent');
  }

  const direction = directionIn(query) ?? first;
  return (
    <Page title={texts.pages.pending} intro={said.intro}>
      <Segments
        label={said.direction}
        segments={(['received', 'sent'] as const).map((each) => ({
          ...{ to: `?direction=${each}`, name: said[each].name, current: direction === each },
          ...{ count: waiting[each], counted: said[each].counted },
        }))}
      />
      {direction !== undefined && <InviteList key={direction} direction={direction} />}
    </Page>
  );
}
