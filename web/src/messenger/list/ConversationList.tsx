import { useEffect, useMemo, useRef, useState } from 'react';
import { rows } from '../../api/queries';
import { useConnections } from '../../connections/useConnections';
import { LoadMore } from '../../ui/LoadMore';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { useTitle } from '../../ui/useTitle';
import styles from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import { ConversationSearch } from './ConversationSearch';
import { ListSkeleton } from './ListSkeleton';
import { named } from './named';
import { NobodyYet } from './NobodyYet';

const page = 'Messages';

/** All conversations, the most recent talk first. */
export function ConversationList({ open }: { readonly open: string | undefined }) {
  const connections = useConnections();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(open);
  const all = rows(connections.data);
  const shown = useMemo(() => named(all, search), [all, search]);
  useEffect(() => {
    // Back from a conversation, one goes on from where one was in the list.
    if (before.current !== undefined && open === undefined) {
      list.current?.querySelector<HTMLElement>(`[data-connection="${CSS.escape(before.current)}"]`)?.focus();
    }

    before.current = open;
  }, [open]);
  const Heading = open === undefined ? 'h1' : 'h2';
  return (
    <section className={styles.pane} aria-labelledby="conversations">
      {open === undefined && <ListTitle />}
      <header className={styles.head}>
        <Heading id="conversations" className={styles.title}>
          {page}
        </Heading>
        {all.length > 0 && <ConversationSearch value={search} onChange={setSearch} found={shown.length} />}
      </header>
      {connections.isPending && <ListSkeleton />}
      {connections.isError && !connections.data && <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />}
      {connections.isSuccess && all.length === 0 && <NobodyYet />}
      {all.length > 0 && (
        <div className={styles.scroll}>
          <ul ref={list}>
            {shown.map((contact) => (
              <ConversationRow key={contact.id} contact={contact} />
            ))}
          </ul>
          {shown.length === 0 && (
            <p className={styles.none}>Nobody here is called that{connections.hasNextPage ? ', as far as the list is loaded' : ''}.</p>
          )}
          <LoadMore
            hasMore={connections.hasNextPage}
            loading={connections.isFetchingNextPage}
            label="More conversations"
            loadMore={() => void connections.fetchNextPage()}
          />
        </div>
      )}
    </section>
  );
}

// An open conversation names the page itself.
function ListTitle() {
  useTitle(page);
  return null;
}
