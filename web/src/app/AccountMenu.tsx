import { Ban, CircleHelp, Database, LogOut, Mail, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '../members/useMe';
import { useOutboxEntries } from '../messenger/outbox/useOutbox';
import { supportLink } from '../session/support';
import { useSession } from '../session/useSession';
import { Avatar } from '../ui/Avatar';
import { Menu } from '../ui/Menu';
import { MenuAddress, MenuItem, MenuLink } from '../ui/MenuItem';
import styles from './AccountMenu.module.css';
import { UnsentDialog } from './UnsentDialog';

/** Who is signed in, and what is theirs alone. */
export function AccountMenu() {
  const me = useMe();
  const { config, signOut } = useSession();
  const unsent = useOutboxEntries().length;
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Menu
        trigger={(opens) => (
          <button type="button" className={styles.open} aria-label={`Your account, ${me.displayName}`} {...opens}>
            <Avatar name={me.displayName} url={me.avatarUrl} size={32} />
          </button>
        )}
      >
        <li className={styles.who}>
          <strong dir="auto">{me.displayName}</strong>
          <span>{me.kind === 'brand' ? 'Brand' : 'Creator'}</span>
        </li>
        <MenuLink icon={UserRound} to="/profile">
          Your profile
        </MenuLink>
        <MenuLink icon={Mail} to="/email-preferences">
          Email preferences
        </MenuLink>
        <MenuLink icon={Ban} to="/blocked">
          Blocked
        </MenuLink>
        <MenuLink icon={Database} to="/your-data">
          Your data
        </MenuLink>
        <MenuAddress icon={CircleHelp} href={supportLink(config)}>
          Ask your customer success manager
        </MenuAddress>
        <MenuItem icon={LogOut} onSelect={() => (unsent > 0 ? setAsked(true) : void signOut())}>
          Sign out
        </MenuItem>
      </Menu>
      {asked && <UnsentDialog count={unsent} onSignOut={() => void signOut()} onClose={() => setAsked(false)} />}
    </>
  );
}
