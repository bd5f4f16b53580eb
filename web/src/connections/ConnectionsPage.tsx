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
import { language } from '@/texts/texts';
import { texts } from '@/texts/texts';
import { Button, ExploreLink } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { SearchField } from '@/ui/SearchField';
import { Tag } from '@/ui/Tag';
import { Time } from '@/ui/Time';
import styles from './ConnectionsPage.module.css';

const said = texts.connections;

export function ConnectionsPage() {
  const connections = useConnections();
  const [typed, setTyped] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const all = rows(connections.data);
  const shown = all.filter((contact) => matches(contact.other, typed));
  return (
    <Page title={texts.pages.connections} intro={said.intro}>
      <div ref={list} className={styles.connections}>
        {all.length > 0 && (
          <SearchField label={said.find} placeholder={said.find} value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
        {connections.isPending && <MemberRowsSkeleton />}
        {connections.isError && !connections.data && <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />}
        {connections.data && all.length === 0 && !connections.hasNextPage && (
          <div data-no-rows tabIndex={-1}>
            <Notice icon={Users} title={said.none} action={<ExploreLink />}>
              <p>{said.noneHow}</p>
            </Notice>
          </div>
        )}
        {shown.length > 0 && (
          <RowList label={texts.pages.connections}>
            {shown.map((contact) => (
              <li key={contact.id} data-row>
                <ConnectionRow contact={contact} />
              </li>
            ))}
          </RowList>
        )}
        <p role="status" className="visually-hidden">
          {typed !== '' && said.found(shown.length)}
        </p>
        {all.length > 0 && shown.length === 0 && !connections.hasNextPage && (
          <Notice icon={SearchX} title={said.noneFound} action={<Button onClick={() => setTyped('')}>{said.showAll}</Button>}>
            <p>{said.noneFoundWhy}</p>
          </Notice>
        )}
        {/* While a search hides all rows, this end of the list stays in view and loads page after page. */}
        <LoadMore list={connections} label={said.more} />
      </div>
    </Page>
  );
}

const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** A connection: the last message, and the way to the conversation. */
function ConnectionRow({ contact: { id, other, lastMessage, unread, answeredAt } }: { readonly contact: Contact }) {
  const me = useMe();
  const ending = usePendingAction(id) === 'remove';
  const words = lastMessage && <bdi>{lastMessage.deleted ? texts.common.deletedMessage : lastMessage.text}</bdi>;
  const last = lastMessage?.from === me.id ? texts.common.youWrote(words) : words;
  return (
    <MemberRow
      card={other}
      level={2}
      actions={
        ending ? (
          <Tag>{said.ended}</Tag>
        ) : (
          <>
            {unread > 0 && <Tag tone="accent">{said.unread(unread)}</Tag>}
            <ChatLink connectionId={id} name={other.displayName} />
            <SafetyMenu member={other} connectionId={id} />
          </>
        )
      }
      line={
        <>
          <p className={styles.last} data-unread={unread > 0 || undefined}>
            {last ?? said.noMessages}
          </p>
          <p className="hint">
            {lastMessage && (
              <span>
                <Time at={lastMessage.sentAt} />
                {answeredAt !== undefined && <span> · </span>}
              </span>
            )}
            {answeredAt !== undefined && <span>{said.since(date.format(new Date(answeredAt)))}</span>}
          </p>
        </>
      }
    />
  );
}
