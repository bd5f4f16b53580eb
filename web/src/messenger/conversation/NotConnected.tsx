import { MessageCircleOff } from 'lucide-react';
import type { Contact } from '@/api/types';
import { useMe } from '@/members/useMe';
import { draftKey, readDraft } from '@/session/drafts';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Link } from '@/ui/router';
import { useCopy } from '@/ui/toasts';
import styles from './NotConnected.module.css';

/** Replaces the messages if the two cannot chat and there is nothing to read. */
export function NotConnectedNotice({ contact }: { readonly contact: Contact }) {
  return (
    <div className={styles.middle}>
      <Notice icon={MessageCircleOff} title={contact.state === 'removed' ? 'This conversation has ended' : 'No conversation yet'}>
        <p>
          <NotConnectedReason contact={contact} />
        </p>
      </Notice>
      <KeptDraft connectionId={contact.id} />
    </div>
  );
}

/** Replaces the composer if the two can no longer chat: says why, and keeps the draft. */
export function ConversationEnded({ contact }: { readonly contact: Contact }) {
  return (
    <footer className={styles.ended}>
      <p role="status">
        <NotConnectedReason contact={contact} />
      </p>
      <KeptDraft connectionId={contact.id} />
    </footer>
  );
}

/** Why the two cannot chat, and what to do about it. */
function NotConnectedReason({ contact: { state, direction, other } }: { readonly contact: Contact }) {
  if (state === 'removed') {
    return (
      <span key="removed">
        Your connection with <bdi>{other.displayName}</bdi> has ended, and this conversation with it. To talk again, one of you has to
        invite the other.
      </span>
    );
  }

  if (state !== 'pending') {
    return (
      <span key="apart">
        You and <bdi>{other.displayName}</bdi> are not connected. You can talk once one of you has invited the other, and they have
        accepted.
      </span>
    );
  }

  return direction === 'sent' ? (
    <span key="sent">
      <bdi>{other.displayName}</bdi> has not answered your invite yet. When they accept, you can talk here.{' '}
      <Link to="/pending?direction=sent">See your invites</Link>
    </span>
  ) : (
    <span key="received">
      <bdi>{other.displayName}</bdi> invites you to connect. When you accept, you can talk here.{' '}
      <Link to="/pending?direction=received">Answer the invite</Link>
    </span>
  );
}

/** The draft in a conversation that no longer takes messages. */
function KeptDraft({ connectionId }: { readonly connectionId: string }) {
  const { id: me } = useMe();
  const copy = useCopy();
  const draft = readDraft(draftKey(me, 'message', connectionId));
  return draft === '' ? null : (
    <div className={styles.draft}>
      <p className="hint">You had typed:</p>
      <p className={styles.text} dir="auto">
        {draft}
      </p>
      <Button size="small" onClick={() => void copy(draft)}>
        Copy what you typed
      </Button>
    </div>
  );
}
