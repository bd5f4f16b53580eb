import { MessageCircleOff } from 'lucide-react';
import { Problem } from '@/api/problem';
import { useContact } from '@/contacts/useContacts';
import { LogSkeleton } from '@/messenger/log/MessageLog';
import { ButtonLink } from '@/ui/Button';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Skeleton } from '@/ui/Skeleton';
import { useTitle } from '@/ui/title';
import styles from './Conversation.module.css';
import { OpenConversation } from './OpenConversation';

/** Loads the conversation at the address. */
export function Conversation({ connectionId }: { readonly connectionId: string }) {
  const connection = useContact(connectionId);
  if (connection.isError && Problem.from(connection.error).status === 404) {
    return (
      <div className={styles.middle}>
        <ConversationTitle />
        <Notice icon={MessageCircleOff} title="This conversation is not here" action={<ButtonLink to="/messages">All messages</ButtonLink>}>
          <p>The link may belong to another account of yours, or the conversation has ended.</p>
        </Notice>
      </div>
    );
  }

  if (connection.data) {
    return <OpenConversation contact={connection.data} />;
  }

  return connection.isError ? (
    <div className={styles.middle}>
      <ConversationTitle />
      <ProblemNotice error={connection.error} retry={() => void connection.refetch()} />
    </div>
  ) : (
    <ConversationSkeleton />
  );
}

// The title until the other member is known.
function ConversationTitle() {
  useTitle('Conversation');
  return <h1 className="visually-hidden">Conversation</h1>;
}

function ConversationSkeleton() {
  return (
    <div className={styles.skeleton}>
      <div className={styles.head}>
        <Skeleton shape="circle" />
        <Skeleton shape="title" width="half" />
      </div>
      <LogSkeleton />
    </div>
  );
}
