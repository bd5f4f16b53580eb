import { MessageCircleOff } from 'lucide-react';
import { Problem } from '@/api/problem';
import { useContact } from '@/contacts/useContacts';
import { LogSkeleton } from '@/messenger/log/MessageLog';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
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
        <Notice icon={MessageCircleOff} title={said.notFound} action={<ButtonLink to="/messages">{texts.common.allMessages}</ButtonLink>}>
          <p>{said.notFoundWhy}</p>
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
  useTitle(said.conversation);
  return <h1 className="visually-hidden">{said.conversation}</h1>;
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
