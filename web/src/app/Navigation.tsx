import { Clock, Compass, Gavel, Heart, type LucideIcon, MessageCircle, Users } from 'lucide-react';
import { useEffect } from 'react';
import { rows } from '@/api/pages';
import { countedUnread } from '@/contacts/contactChanges';
import { useConnections, useUnreadTotal } from '@/contacts/useContacts';
import { countPending, useInvites } from '@/invites/useInvites';
import { texts } from '@/texts/texts';
import { NavLink } from '@/ui/router';
import { formatBadge } from '@/members/names';
import { isModerator, useMe } from '@/members/useMe';
import { titleStore } from '@/ui/title';
import styles from './Navigation.module.css';

/** The main navigation with the counts of what is new: a rail beside the page, or a bar below it on a phone. */
export function Navigation() {
  const received = useInvites('received');
  const unread = useUnreadCount();
  const moderates = isModerator(useMe());
  return (
    <nav className={styles.navigation} aria-label={texts.app.navigation}>
      <ul>
        <NavItem to="/" icon={Compass} name={texts.pages.explore} />
        <NavItem to="/favourites" icon={Heart} name={texts.pages.favourites} />
        <NavItem
          to="/pending"
          icon={Clock}
          name={texts.pages.pending}
          count={countPending(rows(received.data))}
          counted={texts.app.received}
        />
        <NavItem to="/connections" icon={Users} name={texts.pages.connections} />
        <NavItem to="/messages" icon={MessageCircle} name={texts.pages.messages} count={unread} counted={texts.app.unread} />
        {moderates && <NavItem to="/moderation" icon={Gavel} name={texts.pages.moderation} onRail />}
      </ul>
    </nav>
  );
}

/** Its place, while it is not known what to count. */
export function EmptyNavigation() {
  return (
    <div className={styles.navigation}>
      <ul />
    </div>
  );
}

interface NavItemProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly name: string;
  /** Only on the rail, because a phone's bar has no room for it. The account's menu has it too. */
  readonly onRail?: boolean;
  readonly count?: number;
  /** The count in words, for screen readers. */
  readonly counted?: (count: number) => string;
}

function NavItem({ to, icon: Icon, name, onRail = false, count = 0, counted }: NavItemProps) {
  return (
    <li className={onRail ? styles.onRail : undefined}>
      <NavLink to={to} className={styles.place}>
        <span className={styles.icon}>
          <Icon size={22} aria-hidden="true" />
          {count > 0 && (
            <span className={styles.count} aria-hidden="true">
              {formatBadge(count)}
            </span>
          )}
        </span>
        <span className={styles.name}>{name}</span>
        {count > 0 && <span className="visually-hidden">{counted?.(count)}</span>}
      </NavLink>
    </li>
  );
}

/** How many messages are unread, also shown in the browser's title. */
function useUnreadCount(): number {
  const connections = useConnections();
  const known = rows(connections.data).reduce((sum, contact) => sum + countedUnread(contact), 0);
  const unread = useUnreadTotal(known, !connections.hasNextPage);
  useEffect(() => {
    titleStore.unread(unread);
    return () => titleStore.unread(0);
  }, [unread]);
  return unread;
}
