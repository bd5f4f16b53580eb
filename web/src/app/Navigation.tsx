import { Clock, Compass, Heart, type LucideIcon, MessageCircle, Users } from 'lucide-react';
import { useEffect } from 'react';
import { rows } from '@/api/pages';
import { useConnections } from '@/contacts/useContacts';
import { countPending, useInvites } from '@/invites/useInvites';
import { NavLink } from '@/ui/router';
import { titleStore } from '@/ui/title';
import styles from './Navigation.module.css';

/** The main navigation with the counts of what is new: a rail beside the page, or a bar below it on a phone. */
export function Navigation() {
  const received = useInvites('received');
  const unread = useUnreadCount();
  return (
    <nav className={styles.navigation} aria-label="Pages">
      <ul>
        <NavItem to="/" icon={Compass} name="Explore" />
        <NavItem to="/favourites" icon={Heart} name="Favourites" />
        <NavItem to="/pending" icon={Clock} name="Pending" count={countPending(rows(received.data))} countLabel="received" />
        <NavItem to="/connections" icon={Users} name="Connections" />
        <NavItem to="/messages" icon={MessageCircle} name="Messages" count={unread} countLabel="unread" />
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
  readonly count?: number;
  /** The unit of the count, for screen readers. */
  readonly countLabel?: string;
}

function NavItem({ to, icon: Icon, name, count = 0, countLabel = '' }: NavItemProps) {
  return (
    <li>
      <NavLink to={to} className={styles.place}>
        <span className={styles.icon}>
          <Icon size={22} aria-hidden="true" />
          {count > 0 && (
            <span className={styles.count} aria-hidden="true">
              {count > 99 ? '99+' : count}
            </span>
          )}
        </span>
        <span className={styles.name}>{name}</span>
        {count > 0 && <span className="visually-hidden">{`, ${count} ${countLabel}`}</span>}
      </NavLink>
    </li>
  );
}

/**
 * How many messages are unread, also shown in the browser's title. Unread messages are recent, so the first page of connections has them.
 */
function useUnreadCount(): number {
  const connections = useConnections();
  const unread = rows(connections.data).reduce((sum, contact) => sum + contact.unread, 0);
  useEffect(() => {
    titleStore.unread(unread);
    return () => titleStore.unread(0);
  }, [unread]);
  return unread;
}
