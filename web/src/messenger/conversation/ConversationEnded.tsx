import type { Contact } from '../../api/types';
import styles from './ConversationEnded.module.css';
import { KeptDraft } from './KeptDraft';
import { WhyNoTalk } from './WhyNoTalk';

/** In place of the composer where the two cannot talk any more: why, what to do, and what was typed. */
export function ConversationEnded({ contact }: { readonly contact: Contact }) {
  return (
    <footer className={styles.ended}>
      <p role="status">
        <WhyNoTalk contact={contact} />
      </p>
      <KeptDraft connectionId={contact.id} />
    </footer>
  );
}
