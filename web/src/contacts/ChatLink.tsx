import { MessageCircle } from 'lucide-react';
import { isolated } from '@/members/names';
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
      Chat
    </ButtonLink>
  ) : (
    <IconLink to={to} icon={MessageCircle} label={`Chat with ${isolated(name)}`} className={styles.chat} />
  );
}
