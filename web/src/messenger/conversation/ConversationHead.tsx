import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, ListChecks, Search, UserRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { Contact } from '@/api/types';
import { useLiveEvent, useLiveStatus } from '@/live/live';
import { ConfirmedDomain } from '@/members/ConfirmedDomain';
import { useMe } from '@/members/useMe';
import { termsMessage } from '@/messenger/composer/termsMessage';
import { InboxItems } from '@/messenger/list/InboxItems';
import { SafetyMenu } from '@/safety/SafetyMenu';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { useCoarsePointer } from '@/ui/environment';
import { IconButton, IconLink } from '@/ui/IconButton';
import { MenuItem, MenuLink } from '@/ui/Menu';
import { Link, useLocation } from '@/ui/router';
import { useNow } from '@/ui/Time';
import styles from './ConversationHead.module.css';

// Twice the interval at which a client sends typing events.
const typingShownFor = 6_000;

interface ConversationHeadProps {
  readonly contact: Contact;
  /** Called with what the member expects of a collaboration, in words. */
  readonly onSendTerms: (text: string) => void;
  /** Opens or closes the search; absent where there is nothing to search. */
  readonly onSearch: (() => void) | undefined;
  readonly isSearching: boolean;
}

/** Who the conversation is with, and whether they are online. */
export function ConversationHead({ contact, onSendTerms, onSearch, isSearching }: ConversationHeadProps) {
  const { id, other, state } = contact;
  const terms = termsMessage(useMe(), useNow());
  const isConnected = state === 'connected';
  const online = usePresence(id, other.id, isConnected);
  const typing = useTyping(id, other.id);
  const location = useLocation();
  const fromList = (location.state as { readonly fromList?: boolean } | null)?.fromList === true;
  const heading = useRef<HTMLHeadingElement>(null);
  const coarse = useCoarsePointer();
  // By touch, the focus announces the conversation. With a keyboard the composer has the focus, and after a page load the focus stays at
  // the start.
  const takesFocus = coarse && location.key !== 'default';
  useEffect(() => {
    if (takesFocus) {
      heading.current?.focus();
    }
  }, [takesFocus]);
  const profile = `/creators/${encodeURIComponent(other.id)}`;
  return (
    <header className={styles.head}>
      <span className={styles.back}>
        <IconLink
          to="/messages"
          label={texts.common.allMessages}
          icon={ArrowLeft}
          onClick={(event) => {
            // Goes back to the list at its scroll position.
            if (fromList) {
              event.preventDefault();
              window.history.back();
            }
          }}
        />
      </span>
      <Avatar name={other.displayName} url={other.avatarUrl} size={40} />
      <div className={styles.who}>
        <h1 ref={heading} tabIndex={-1} className={styles.name} dir="auto">
          {isConnected ? <Link to={profile}>{other.displayName}</Link> : other.displayName}
        </h1>
        <p className={styles.state}>
          {typing ? (
            <span>{said.typing(<bdi>{other.displayName}</bdi>)}</span>
          ) : (
            online && <span className={styles.online}>{said.online}</span>
          )}
          <ConfirmedDomain domain={other.confirmedDomain} />
        </p>
      </div>
      {onSearch && <IconButton label={said.search.label} icon={Search} aria-expanded={isSearching} data-search onClick={onSearch} />}
      <SafetyMenu member={other} connectionId={isConnected ? id : undefined}>
        <MenuLink icon={UserRound} to={profile}>
          {said.viewProfile}
        </MenuLink>
        {isConnected && <InboxItems contact={contact} isOpen />}
        {isConnected && terms !== undefined && (
          <MenuItem icon={ListChecks} onSelect={() => onSendTerms(terms)}>
            {said.expect}
          </MenuItem>
        )}
      </SafetyMenu>
    </header>
  );
}

// As the contract asks: on opening the conversation, and every half minute while it is shown.
const every = 30_000;

/** Whether the other member is online. False if it is unknown. */
function usePresence(connectionId: string, otherId: string, isConnected: boolean): boolean {
  const api = useApi();
  const cache = useQueryClient();
  const isLive = useLiveStatus() === 'live';
  const queryKey = keys.presence(connectionId);
  const presence = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      body(await api.calls.GET('/api/connections/{id}/presence', { params: { path: { id: connectionId } }, signal })),
    enabled: isConnected,
    staleTime: every / 2,
    gcTime: 0,
    refetchInterval: every,
    refetchOnWindowFocus: true,
    retry: false,
  });
  useLiveEvent((event) => {
    if ((event.type === 'typing' || event.type === 'message.read') && event.connectionId === connectionId && event.by === otherId) {
      // A member who types or reads is online. Members who show what they read may hide that.
      if (event.type === 'typing') {
        cache.setQueryData(queryKey, { online: true });
      } else {
        void cache.invalidateQueries({ queryKey });
      }
    }
  });
  return isConnected && isLive && presence.isSuccess && presence.data.online;
}

/** Whether the other member is typing. */
function useTyping(connectionId: string, otherId: string): boolean {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvent((event) => {
    if (event.type === 'typing' && event.connectionId === connectionId && event.by === otherId) {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setTyping(false), typingShownFor);
      setTyping(true);
    } else if (event.type === 'message.created' && event.message.connectionId === connectionId && event.message.from === otherId) {
      setTyping(false);
    }
  });
  return typing;
}
