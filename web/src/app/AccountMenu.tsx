import { Ban, CircleHelp, Database, EyeOff, Gavel, LogOut, Mail, UserRound, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { isolated } from '@/members/names';
import { isModerator, useMe } from '@/members/useMe';
import { useOutboxEntries } from '@/messenger/outbox/OutboxProvider';
import { useSession } from '@/session/useSession';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Menu, MenuAddress, MenuItem, MenuLink } from '@/ui/Menu';
import { supportLink } from '@/ui/support';
import styles from './AccountMenu.module.css';

/** The member's account: who is signed in, their settings, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const { config, signOut } = useSession();
  const unsent = useOutboxEntries().length;
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Menu
        trigger={(opens) => (
          <button type="button" className={styles.open} aria-label={texts.app.account(isolated(me.displayName))} {...opens}>
            <Avatar name={me.displayName} url={me.avatarUrl} size={32} />
          </button>
        )}
      >
        <li className={styles.who}>
          <strong dir="auto">{me.displayName}</strong>
          <span>{me.kind === 'brand' ? texts.app.brand : texts.app.creator}</span>
        </li>
        <MenuLink icon={UserRound} to="/profile">
          {texts.pages.profile}
        </MenuLink>
        <MenuLink icon={Mail} to="/email-preferences">
          {texts.pages.emailPreferences}
        </MenuLink>
        <MenuLink icon={EyeOff} to="/privacy">
          {texts.pages.privacy}
        </MenuLink>
        <MenuLink icon={Ban} to="/blocked">
          {texts.pages.blocked}
        </MenuLink>
        <MenuLink icon={Database} to="/your-data">
          {texts.pages.data}
        </MenuLink>
        {isModerator(me) && (
          <MenuLink icon={Gavel} to="/moderation">
            {texts.pages.moderation}
          </MenuLink>
        )}
        <MenuAddress icon={CircleHelp} href={supportLink(config.support)}>
          {texts.common.askManager}
        </MenuAddress>
        {config.signIn.kind === 'development' && (
          <MenuAddress icon={UsersRound} href="/?as=" newWindow>
            {texts.app.anotherWindow}
          </MenuAddress>
        )}
        <MenuItem icon={LogOut} onSelect={() => (unsent > 0 ? setAsked(true) : void signOut())}>
          {texts.common.signOut}
        </MenuItem>
      </Menu>
      {asked && <UnsentDialog count={unsent} onSignOut={() => void signOut()} onClose={() => setAsked(false)} />}
    </>
  );
}

interface UnsentDialogProps {
  /** How many messages are unsent. */
  readonly count: number;
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}

/** Asks before signing out deletes unsent messages, which no longer stay in this browser. */
function UnsentDialog({ count, onSignOut, onClose }: UnsentDialogProps) {
  return (
    <ConfirmDialog
      title={texts.app.signOutNow}
      confirm={texts.common.signOut}
      cancel={texts.app.stay}
      tone="danger"
      onConfirm={onSignOut}
      onClose={onClose}
    >
      <p>{texts.app.unsent(count)}</p>
    </ConfirmDialog>
  );
}
