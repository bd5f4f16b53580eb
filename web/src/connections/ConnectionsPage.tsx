import { SearchX, Users } from 'lucide-react';
import { useState } from 'react';
import { rows } from '@/api/pages';
import type { Contact } from '@/api/types';
import { ChatLink } from '@/contacts/ChatLink';
import { usePendingAction } from '@/contacts/useConnectionActions';
import { useConnections } from '@/contacts/useContacts';
import { MemberRow, MemberRowsSkeleton, RowList } from '@/members/MemberRow';
import { matches } from '@/members/search';
import { useMe } from '@/members/useMe';
import { SafetyMenu } from '@/safety/SafetyMenu';
import { Button, ExploreLink } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { language } from '@/ui/language';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { SearchField } from '@/ui/SearchField';
import { Tag } from '@/ui/Tag';
import { Time } from '@/ui/Time';
import styles from './ConnectionsPage.module.css';

export function ConnectionsPage() {
  const connections = useConnections();
  const [typed, setTyped] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const all = rows(connections.data);
  const shown = all.filter((contact) => matches(contact.other, typed));
  return (
    <Page title="Connections" intro="The people you can chat with. The latest conversation comes first.">
      <div ref={list} className={styles.connections}>
        {all.length > 0 && (
          <SearchField label="Find by name" placeholder="Find by name" value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
        {connections.isPending && <MemberRowsSkeleton />}
        {connections.isError && !connections.data && <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />}
        {connections.data && all.length === 0 && !connections.hasNextPage && (
          <div data-no-rows tabIndex={-1}>
            <Notice icon={Users} title="You have no connections yet" action={<ExploreLink />}>
              <p>Invite creators whom you like. Once they accept, you find them here, and can talk.</p>
            </Notice>
          </div>
        )}
        {shown.length > 0 && (
          <RowList label="Connections">
            {shown.map((contact) => (
              <li key={contact.id} data-row>
                <ConnectionRow contact={contact} />
              </li>
            ))}
          </RowList>
        )}
        <p role="status" className="visually-hidden">
          {typed !== '' && `${shown.length} found`}
        </p>
        {all.length > 0 && shown.length === 0 && !connections.hasNextPage && (
          <Notice icon={SearchX} title="Nobody by that name" action={<Button onClick={() => setTyped('')}>Show all</Button>}>
            <p>None of your connections has a name that begins like this.</p>
          </Notice>
        )}
        {/* While a search hides all rows, this end of the list stays in view and loads page after page. */}
        <LoadMore list={connections} label="More connections" />
      </div>
    </Page>
  );
}

const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** A connection: the last message, and the way to the conversation. */
function ConnectionRow({ contact: { id, other, lastMessage, unread, answeredAt } }: { readonly contact: Contact }) {
  const me = useMe();
  const ending = usePendingAction(id) === 'remove';
  return (
    <MemberRow
      card={other}
      level={2}
      actions={
        ending ? (
          <Tag>Ended</Tag>
        ) : (
          <>
            {unread > 0 && <Tag tone="accent">{`${unread} unread`}</Tag>}
            <ChatLink connectionId={id} name={other.displayName} />
            <SafetyMenu member={other} connectionId={id} />
          </>
        )
      }
      line={
        <>
          <p className={styles.last} data-unread={unread > 0 || undefined}>
            {lastMessage ? (
              <>
                {lastMessage.from === me.id && <span>You: </span>}
                <bdi>{lastMessage.deleted ? 'Message deleted' : lastMessage.text}</bdi>
              </>
            ) : (
              'No messages yet'
            )}
          </p>
          <p className="hint">
            {lastMessage && (
              <span>
                <Time at={lastMessage.sentAt} />
                {answeredAt !== undefined && <span> · </span>}
              </span>
            )}
            {answeredAt !== undefined && <span>{`Connected since ${date.format(new Date(answeredAt))}`}</span>}
          </p>
        </>
      }
    />
  );
}
