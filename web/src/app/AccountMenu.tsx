import { Ban, CircleHelp, Database, LogOut, Mail, UserRound } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { useMe } from '../members/useMe';
import { useSession } from '../session/useSession';
import { Avatar } from '../ui/Avatar';
import styles from './AccountMenu.module.css';

/** Who is signed in, and what is theirs alone: a disclosure, so that Tab and Escape work as everywhere. */
export function AccountMenu() {
  const me = useMe();
  const { config, signOut } = useSession();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    list.current?.hidePopover();
  }, [key]);
  return (
    <div className={styles.account}>
      <button type="button" className={styles.open} popoverTarget={id} aria-label={`Your account, ${me.displayName}`}>
        <Avatar name={me.displayName} url={me.avatarUrl} size={32} />
      </button>
      <ul id={id} ref={list} popover="auto" className={styles.list}>
        <li className={styles.who}>
          <strong>{me.displayName}</strong>
          <span>{me.kind === 'brand' ? 'Brand' : 'Creator'}</span>
        </li>
        <li>
          <Link to="/profile">
            <UserRound size={18} aria-hidden="true" /> Your profile
          </Link>
        </li>
        <li>
          <Link to="/email-preferences">
            <Mail size={18} aria-hidden="true" /> Email preferences
          </Link>
        </li>
        <li>
          <Link to="/blocked">
            <Ban size={18} aria-hidden="true" /> Blocked
          </Link>
        </li>
        <li>
          <Link to="/your-data">
            <Database size={18} aria-hidden="true" /> Your data
          </Link>
        </li>
        <li>
          <a href={`mailto:${config.support}?subject=${encodeURIComponent('A question about Connections')}`}>
            <CircleHelp size={18} aria-hidden="true" /> Ask your customer success manager
          </a>
        </li>
        <li>
          <button type="button" onClick={() => void signOut()}>
            <LogOut size={18} aria-hidden="true" /> Sign out
          </button>
        </li>
      </ul>
    </div>
  );
}
