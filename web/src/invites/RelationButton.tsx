import { Clock, ClockAlert, type LucideIcon, MailQuestionMark, MessageCircle, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { Card, Relation } from '@/api/types';
import { ChatLink } from '@/contacts/ChatLink';
import { relationAt } from '@/contacts/relation';
import { usePendingAction } from '@/contacts/useConnectionActions';
import { language } from '@/texts/texts';
import { isolated } from '@/members/names';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { useKeepFocus } from '@/ui/focus';
import { IconButton } from '@/ui/IconButton';
import { lazyPage } from '@/ui/lazyPage';
import { formatDateTime, useNow } from '@/ui/Time';
import styles from './RelationButton.module.css';

const said = texts.relation;

// The first page shows cards, not dialogs. Their code loads soon after it, so that they open at once, and without a network too.
const { Page: RelationDialog, preload } = lazyPage(async () => (await import('./RelationDialog')).RelationDialog);
setTimeout(preload, 5000);

interface RelationButtonProps {
  readonly member: Pick<Card, 'id' | 'displayName'>;
  readonly relation: Relation;
  /** Shows text beside the icon. */
  readonly withText?: boolean;
}

/**
 * The action on a member that their relation allows: **+** invites, the **clock** revokes the invite, the **chat** opens the conversation.
 */
export function RelationButton({ member, relation: shown, withText = false }: RelationButtonProps) {
  const isRevoked = usePendingAction(shown.connectionId ?? '') === 'revoke' && shown.state === 'invited';
  const now = useNow();
  const relation = isRevoked ? locked : relationAt(shown, now);
  const { state, connectionId } = relation;
  // The state that the dialog is about. The dialog closes when the state changes.
  const [asked, setAsked] = useState<Relation['state']>();
  const focus = useKeepFocus<HTMLSpanElement>(state);
  const { icon, label, text, tone } = appearanceOf(relation, isolated(member.displayName));
  const close = () => setAsked(undefined);
  // The server has not responded yet, so there is no invite to revoke.
  const waits = state === 'invited' && connectionId === undefined;
  const press = { onClick: waits ? undefined : () => setAsked(state), 'aria-disabled': waits || undefined };
  const chat = state === 'connected' ? connectionId : undefined;
  return (
    <span className={styles.relation} {...focus}>
      {chat !== undefined ? (
        <ChatLink connectionId={chat} name={member.displayName} withText={withText} />
      ) : withText ? (
        <Button icon={icon} tone={tone} title={label} {...press}>
          {text}
        </Button>
      ) : (
        <IconButton icon={icon} label={label} className={styles.icon} data-state={state} {...press} />
      )}
      {asked === state && (
        <Suspense fallback={null}>
          <RelationDialog member={member} relation={relation} onClose={close} />
        </Suspense>
      )}
    </span>
  );
}

// While a revoke can be undone.
const locked: Relation = { state: 'locked' };

/** The look of the button for a relation. */
interface Appearance {
  readonly icon: LucideIcon;
  /** The full label with the member's name, for screen readers. */
  readonly label: string;
  /** The short label, for a button with text. */
  readonly text: string;
  readonly tone: 'main' | 'plain' | 'quiet';
}

const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });

function appearanceOf({ state, until, connectionId }: Relation, name: string): Appearance {
  switch (state) {
    case 'none':
      return { icon: Plus, label: said.inviteTo(name), text: said.inviteToConnect, tone: 'main' };
    case 'invited':
      return connectionId === undefined
        ? { icon: Clock, label: said.invitingOf(name), text: said.inviting, tone: 'plain' }
        : { icon: Clock, label: said.invitedAlready(name), text: said.invited, tone: 'plain' };
    case 'received':
      return { icon: MailQuestionMark, label: said.answerOf(name), text: said.answer, tone: 'main' };
    case 'connected':
      return { icon: MessageCircle, label: texts.common.chatWith(name), text: texts.common.chat, tone: 'main' };
    case 'locked':
      return {
        icon: ClockAlert,
        label: until === undefined ? said.locked(name) : said.lockedUntil(name, formatDateTime(until)),
        text: until === undefined ? said.notForNow : said.againFrom(day.format(new Date(until))),
        tone: 'quiet',
      };
  }
}
