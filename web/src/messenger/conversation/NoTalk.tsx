import { MessageCircleOff } from 'lucide-react';
import type { Contact } from '../../api/types';
import { Notice } from '../../ui/Notice';
import { KeptDraft } from './KeptDraft';
import styles from './NoTalk.module.css';
import { WhyNoTalk } from './WhyNoTalk';

/** In place of the messages where the two cannot talk and there is nothing to read. */
export function NoTalk({ contact }: { readonly contact: Contact }) {
  return (
    <div className={styles.middle}>
      <Notice icon={MessageCircleOff} title={contact.state === 'removed' ? 'This conversation has ended' : 'No conversation yet'}>
        <p>
          <WhyNoTalk contact={contact} />
        </p>
      </Notice>
      <KeptDraft connectionId={contact.id} />
    </div>
  );
}
