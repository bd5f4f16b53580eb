import { Clock, Compass, Heart, MessageCircle, Users, type LucideIcon } from 'lucide-react';
import { NavLink } from 'react-router';
import { useReceivedCount } from '../invites/useReceivedCount';
import { useUnreadCount } from '../messenger/useUnreadCount';
import styles from './Navigation.module.css';

/** Where one can go, with what waits there. A rail beside the page, on a phone a bar below it. */
export function Navigation() {
  const received = useReceivedCount();
  const unread = useUnreadCount();
  return (
    <nav className={styles.navigation} aria-label="Pages">
      <ul>
        <Place to="/" icon={Compass} name="Explore" />
        <Place to="/favourites" icon={Heart} name="Favourites" />
        <Place to="/pending" icon={Clock} name="Pending" count={received} counted="received" />
        <Place to="/connections" icon={Users} name="Connections" />
        <Place to="/messages" icon={MessageCircle} name="Messages" count={unread} counted="unread" />
      </ul>
    </nav>
  );
}

interface PlaceProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly count?: number;
  /** What the count counts, for those who hear it. */
  readonly counted?: string;
}

function Place({ to, icon: Icon, name, count = 0, counted = '' }: PlaceProps) {
  return (
    <li>
      <NavLink to={to} end={to === '/'} className={styles.place ?? ''}>
        <span className={styles.icon}>
          <Icon size={22} aria-hidden="true" />
          {count > 0 && (
            <span className={styles.count} aria-hidden="true">
              {count > 99 ? '99+' : count}
            </span>
          )}
        </span>
        <span className={styles.name}>{name}</span>
        {count > 0 && (
          <span className="visually-hidden">
            , {count} {counted}
          </span>
        )}
      </NavLink>
    </li>
  );
}
