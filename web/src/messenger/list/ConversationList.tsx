import { Archive, MailCheck, MessagesSquare } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { rows } from '@/api/pages';
import { useConnections, useEnded, useInboxPart } from '@/contacts/useContacts';
import { matches } from '@/members/search';
import { useMe } from '@/members/useMe';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Button, ExploreLink } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Link } from '@/ui/router';
import { SearchField } from '@/ui/SearchField';
import { Skeleton } from '@/ui/Skeleton';
import { useTitle } from '@/ui/title';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import { conversationsOf, type InboxView } from './inbox';
import { InboxViews } from './InboxViews';

/** The conversations of a view, the latest activity first; in the inbox the pinned ones come before. */
export function ConversationList({ open }: { readonly open: string | undefined }) {
  const connections = useConnections();
  const ended = useEnded(connections.isSuccess && !connections.hasNextPage);
  const [search, setSearch] = useState('');
  const [view, setView] = useState<InboxView>('inbox');
  const [openBefore, setOpenBefore] = useState(open);
  const choose = (next: InboxView) => {
    setView(next);
    setOpenBefore(open);
  };
  // What else belongs to the view is read by itself where there are more connections than were read.
  const part = useInboxPart(view === 'inbox' ? 'pinned' : view, connections.hasNextPage);
  const list = useRowFocus<HTMLDivElement>();
  const before = useRef(open);
  const read = useMemo(() => [...rows(connections.data), ...rows(part.data)], [connections.data, part.data]);
  const kept = open === openBefore ? undefined : open;
  const all = useMemo(() => conversationsOf(view, read, kept), [view, read, kept]);
  const allEnded = useMemo(() => (view === 'inbox' ? rows(ended.data) : []), [view, ended.data]);
  const hasRows = read.length + rows(ended.data).length > 0;
  const shown = useMemo(() => all.filter(({ other }) => matches(other, search)), [all, search]);
  const shownEnded = useMemo(() => allEnded.filter(({ other }) => matches(other, search)), [allEnded, search]);
  const found = shown.length + shownEnded.length;
  useEffect(() => {
    // Back from a conversation, the focus returns to its row.
    if (before.current !== undefined && open === undefined) {
      list.current?.querySelector<HTMLElement>(`[data-connection="${CSS.escape(before.current)}"]`)?.focus();
    }

    before.current = open;
  }, [open, list]);
  const [Heading, GroupHeading] = open === undefined ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const);
  return (
    <section className={styles.pane} aria-labelledby="conversations">
      {open === undefined && <ListTitle />}
      <header className={styles.head}>
        <Heading id="conversations" className={styles.title}>
          {texts.pages.messages}
        </Heading>
        {hasRows && (
          <>
            <ConversationSearch value={search} onChange={setSearch} found={found} />
            <InboxViews view={view} onChange={choose} />
            <span role="status" className="visually-hidden">
              {view === 'inbox' ? '' : said.listFound(all.length)}
            </span>
          </>
        )}
      </header>
      {connections.isPending && <ListSkeleton />}
      {connections.isError && !connections.data && <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />}
      {connections.isSuccess && !ended.isPending && !hasRows && <NoConversations />}
      {hasRows && (
        // The rows are links. The arrow keys are a second way between them.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions
        <div ref={list} className={styles.scroll} onKeyDown={moveFocus}>
          {shown.length > 0 && (
            <ul aria-labelledby="conversations">
              {shown.map((contact) => (
                <ConversationRow key={contact.id} contact={contact} />
              ))}
            </ul>
          )}
          <LoadMore list={view === 'inbox' || !connections.hasNextPage ? connections : part} label={said.listMore} />
          {shownEnded.length > 0 && (
            <>
              <GroupHeading id="ended" className={styles.group}>
                {said.listEnded}
              </GroupHeading>
              <ul aria-labelledby="ended">
                {shownEnded.map((contact) => (
                  <ConversationRow key={contact.id} contact={contact} />
                ))}
              </ul>
            </>
          )}
          {found === 0 && search === '' && !connections.isFetching && !part.isFetching && (
            <NothingHere view={view} showArchived={() => choose('archived')} />
          )}
          {found === 0 && search !== '' && (
            <p className={styles.none}>{connections.hasNextPage || ended.hasNextPage ? said.listNobodyYet : said.listNobody}</p>
          )}
          {view === 'inbox' && <LoadMore list={ended} label={said.listMoreEnded} />}
        </div>
      )}
    </section>
  );
}

/** Moves the focus to another row of the list by the arrow keys, Home and End. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-connection]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const targets: Partial<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: links.length - 1 };
  const next = links[targets[event.key] ?? -1];
  if (at >= 0 && next) {
    event.preventDefault();
    next.focus();
  }
}

// An open conversation sets the page's title itself.
function ListTitle() {
  useTitle(texts.pages.messages);
  return null;
}

interface SearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The number of matches, for screen readers. */
  readonly found: number;
}

/** Filters the list by name. */
function ConversationSearch({ value, onChange, found }: SearchProps) {
  return (
    <div>
      <SearchField
        label={said.listSearch}
        placeholder={said.listSearchExample}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span role="status" className="visually-hidden">
        {value === '' ? '' : said.listFound(found)}
      </span>
    </div>
  );
}

const skeletonRows = 8;

function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={said.listLoading}>
      {Array.from({ length: skeletonRows }, (_, i) => (
        <div key={i} className={styles.skeletonRow}>
          <Skeleton shape="circle" />
          <span>
            <Skeleton width="half" />
            <Skeleton width="long" />
          </span>
        </div>
      ))}
    </div>
  );
}

/** The notice in a view without conversations: what belongs there. */
function NothingHere({ view, showArchived }: { readonly view: InboxView; readonly showArchived: () => void }) {
  return (
    <div data-no-rows tabIndex={-1}>
      <Notice
        icon={view === 'archived' ? Archive : MailCheck}
        title={said.nothingIn[view]}
        action={view === 'inbox' ? <Button onClick={showArchived}>{said.showArchived}</Button> : undefined}
      >
        <p>{said.nothingInWhy[view]}</p>
      </Notice>
    </div>
  );
}

/** The notice in an empty list: how to start a conversation. */
function NoConversations() {
  const { kind } = useMe();
  return (
    <Notice icon={MessagesSquare} title={said.noneAtAll} action={<ExploreLink />}>
      <p>{kind === 'creator' ? said.noneHowForCreator : said.noneHow}</p>
      <p>
        {said.nonePending((pending) => (
          <Link to="/pending">{pending}</Link>
        ))}
      </p>
    </Notice>
  );
}
