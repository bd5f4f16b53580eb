import { MessageCircleOff } from 'lucide-react';
import type { Contact } from '@/api/types';
import { isReadable } from '@/contacts/contactChanges';
import { relationAt, relationOf } from '@/contacts/relation';
import { RelationButton } from '@/invites/RelationButton';
import { useMe } from '@/members/useMe';
import { formatDate } from '@/messenger/history/times';
import { draftKey, readDraft } from '@/session/drafts';
import { messengerTexts as said } from '@/texts/messenger';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { Link } from '@/ui/router';
import { useNow } from '@/ui/Time';
import { useCopy } from '@/ui/toasts';
import styles from './NotConnected.module.css';

/** Replaces the messages if the two cannot chat and there is nothing to read. */
export function NotConnectedNotice({ contact }: { readonly contact: Contact }) {
  return (
    <div className={styles.middle}>
      <Notice icon={MessageCircleOff} title={isReadable(contact) ? said.ended : said.none}>
        <NotConnectedReason contact={contact} />
      </Notice>
      <KeptDraft connectionId={contact.id} />
    </div>
  );
}

/** Replaces the composer if the two can no longer chat: says why, and keeps the draft. */
export function ConversationEnded({ contact }: { readonly contact: Contact }) {
  return (
    <footer className={styles.ended}>
      <NotConnectedReason contact={contact} />
      <KeptDraft connectionId={contact.id} />
    </footer>
  );
}

/** Why the two cannot chat, and what to do about it. */
function NotConnectedReason({ contact }: { readonly contact: Contact }) {
  const { state, direction, endedAt, blocked, other } = contact;
  const relation = relationAt(relationOf(contact), useNow());
  const name = <bdi>{other.displayName}</bdi>;
  const linkTo = (path: string) => (words: string) => <Link to={path}>{words}</Link>;
  const isPending = state === 'pending';
  // Only a listed creator can be invited, and has a platform.
  const canInvite = !isPending && !blocked && other.platforms.length > 0;
  return (
    <>
      <div role="status" className={styles.reason}>
        <p>
          {blocked
            ? said.blocked(name, linkTo('/blocked'))
            : endedAt !== undefined
              ? said.endedOn(name, formatDate(endedAt))
              : !isPending && said.apart(name)}
        </p>
        {isPending && (
          <p>{(direction === 'sent' ? said.sentPending : said.receivedPending)(name, linkTo(`/pending?direction=${direction}`))}</p>
        )}
        {!isPending && !blocked && <p>{canInvite ? said.inviteToTalk : said.oneInvites}</p>}
      </div>
      {canInvite && <RelationButton withText member={other} relation={relation} />}
    </>
  );
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
