import { ArrowLeft, UserRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Contact } from '../../api/types';
import { SafetyMenu } from '../../safety/SafetyMenu';
import { Avatar } from '../../ui/Avatar';
import { IconLink } from '../../ui/IconLink';
import { MenuLink } from '../../ui/MenuItem';
import { useCoarsePointer } from '../../ui/useCoarsePointer';
import styles from './ConversationHead.module.css';
import { usePresence } from './usePresence';
import { useTyping } from './useTyping';

/** Who the conversation is with, and whether they are there. */
export function ConversationHead({ contact: { id, other, state } }: { readonly contact: Contact }) {
  const isConnected = state === 'connected';
  const online = usePresence(id, other.id, isConnected);
  const typing = useTyping(id, other.id);
  const navigate = useNavigate();
  const location = useLocation();
  const fromList = (location.state as { readonly fromList?: boolean } | null)?.fromList === true;
  const heading = useRef<HTMLHeadingElement>(null);
  const coarse = useCoarsePointer();
  // Whoever comes here by touch hears where they are; with a keyboard the composer has the focus, and a page that was just loaded begins at its beginning.
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
          label="All messages"
          icon={ArrowLeft}
          onClick={(event) => {
            // Back to the very list, where it was.
            if (fromList) {
              event.preventDefault();
              void navigate(-1);
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
            <span>
              <bdi>{other.displayName}</bdi> is typing…
            </span>
          ) : (
            online && <span className={styles.online}>Online</span>
          )}
        </p>
      </div>
      <SafetyMenu member={other} connectionId={isConnected ? id : undefined}>
        <MenuLink icon={UserRound} to={profile}>
          View profile
        </MenuLink>
      </SafetyMenu>
    </header>
  );
}
