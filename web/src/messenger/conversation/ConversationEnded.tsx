import { Link } from 'react-router';
import type { Contact } from '../../api/types';
import { useMe } from '../../members/useMe';
import { Button } from '../../ui/Button';
import { useToasts } from '../../ui/toasts';
import { draftKey, readDraft } from '../drafts';
import styles from './ConversationEnded.module.css';

/** In place of the composer where the two cannot talk: why, what to do, and what was typed. */
export function ConversationEnded({ contact }: { readonly contact: Contact }) {
  const { id: me } = useMe();
  const toasts = useToasts();
  const draft = readDraft(draftKey(me, 'message', contact.id));
  const copy = () =>
    navigator.clipboard.writeText(draft).then(
      () => toasts.done('Copied'),
      () => toasts.refuse('Your text was not copied', 'This browser does not let the page copy. Select the text and copy it yourself.'),
    );
  return (
    <footer className={styles.ended}>
      <p role="status">{contact.state === 'pending' ? <Pending contact={contact} /> : <Over contact={contact} />}</p>
      {draft !== '' && (
        <div className={styles.draft}>
          <p className={styles.label}>You had typed:</p>
          <p className={styles.text} dir="auto">
            {draft}
          </p>
          <Button size="small" onClick={() => void copy()}>
            Copy what you typed
          </Button>
        </div>
      )}
    </footer>
  );
}

function Pending({ contact: { direction, other } }: { readonly contact: Contact }) {
  return direction === 'sent' ? (
    <>
      <bdi>{other.displayName}</bdi> has not answered your invite yet. When they accept, you can talk here. <Link to="/pending?direction=sent">See your invites</Link>
    </>
  ) : (
    <>
      <bdi>{other.displayName}</bdi> invites you to connect. When you accept, you can talk here. <Link to="/pending?direction=received">Answer the invite</Link>
    </>
  );
}

function Over({ contact: { state, other } }: { readonly contact: Contact }) {
  return state === 'removed' ? (
    <>
      Your connection with <bdi>{other.displayName}</bdi> has ended, so this conversation has too. To talk again, one of you has to invite the other.
    </>
  ) : (
    <>
      You and <bdi>{other.displayName}</bdi> are not connected. You can talk once one of you has invited the other, and they have accepted.
    </>
  );
}
