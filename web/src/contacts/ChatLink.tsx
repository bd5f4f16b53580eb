import { MessageCircle } from 'lucide-react';
import { isolated } from '@/members/names';
import { texts } from '@/texts/texts';
import { ButtonLink } from '@/ui/Button';
import { IconLink } from '@/ui/IconButton';
import styles from './ChatLink.module.css';

interface ChatLinkProps {
  readonly connectionId: string;
  /** The other member's. */
  readonly name: string;
  readonly withText?: boolean;
}

/** Leads to the conversation with a member. */
export function ChatLink({ connectionId, name, withText = false }: ChatLinkProps) {
  const to = `/messages/${encodeURIComponent(connectionId)}`;
  return withText ? (
    <ButtonLink to={to} icon={MessageCircle} tone="main">
      {texts.common.chat}
    </ButtonLink>
  ) : (
    <IconLink to={to} icon={MessageCircle} label={texts.common.chatWith(isolated(name))} className={styles.chat} />
  );
}
