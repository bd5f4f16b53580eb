import { MessageCircleOff } from 'lucide-react';
import type { Contact } from '@/api/types';
import { useMe } from '@/members/useMe';
import { draftKey, readDraft } from '@/session/drafts';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Link } from '@/ui/router';
import { useCopy } from '@/ui/toasts';
import styles from './NotConnected.module.css';

const said = texts.messenger;

/** Replaces the messages if the two cannot chat and there is nothing to read. */
export function NotConnectedNotice({ contact }: { readonly contact: Contact }) {
  return (
    <div className={styles.middle}>
      <Notice icon={MessageCircleOff} title={contact.state === 'removed' ? said.ended : said.none}>
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
  const name = <bdi>{other.displayName}</bdi>;
  if (state === 'removed') {
    return said.endedWith(name);
  }

  if (state !== 'pending') {
    return said.apart(name);
  }

  const linked = (words: string) => <Link to={`/pending?direction=${direction}`}>{words}</Link>;
  return direction === 'sent' ? said.sentPending(name, linked) : said.receivedPending(name, linked);
}

/** The draft in a conversation that no longer takes messages. */
function KeptDraft({ connectionId }: { readonly connectionId: string }) {
  const { id: me } = useMe();
  const copy = useCopy();
  const draft = readDraft(draftKey(me, 'message', connectionId));
  return draft === '' ? null : (
    <div className={styles.draft}>
      <p className="hint">{said.typed}</p>
      <p className={styles.text} dir="auto">
        {draft}
      </p>
      <Button size="small" onClick={() => void copy(draft)}>
        {said.copyTyped}
      </Button>
    </div>
  );
}
