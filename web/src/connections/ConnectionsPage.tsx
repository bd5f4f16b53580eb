import { SearchX, Users } from 'lucide-react';
import { useState } from 'react';
import { rows } from '../api/queries';
import { MemberRowSkeleton } from '../members/MemberRowSkeleton';
import { matches } from '../members/matches';
import { Button } from '../ui/Button';
import { ButtonLink } from '../ui/ButtonLink';
import { LoadMore } from '../ui/LoadMore';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { RowList } from '../ui/RowList';
import { TextField } from '../ui/TextField';
import { useRowFocus } from '../ui/useRowFocus';
import { ConnectionRow } from './ConnectionRow';
import styles from './ConnectionsPage.module.css';
import { useConnections } from './useConnections';

/** Those with whom the member can talk. */
export function ConnectionsPage() {
  const connections = useConnections();
  const [typed, setTyped] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const all = rows(connections.data);
  const shown = all.filter((contact) => matches(contact.other, typed));
  return (
    <Page title="Connections" intro="With them you can talk. The most recent talk comes first.">
      <div ref={list} className={styles.connections}>
        {all.length > 0 && (
          <TextField
            label="Find by name"
            type="search"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {connections.isPending && (
          <RowList>
            {[0, 1, 2].map((i) => (
              <li key={i}>
                <MemberRowSkeleton />
              </li>
            ))}
          </RowList>
        )}
        {connections.isError && !connections.data && <ProblemNotice error={connections.error} retry={() => void connections.refetch()} />}
        {connections.data && all.length === 0 && !connections.hasNextPage && (
          <div data-no-rows tabIndex={-1}>
            <Notice
              icon={Users}
              title="You have no connections yet"
              action={
                <ButtonLink to="/" tone="main">
                  Explore creators
                </ButtonLink>
              }
            >
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
        {/* While one looks for a name, this goes on by itself until all are read. */}
        <LoadMore
          hasMore={connections.hasNextPage}
          loading={connections.isFetchingNextPage}
          failed={connections.isFetchNextPageError}
          label="More connections"
          loadMore={() => void connections.fetchNextPage()}
        />
      </div>
    </Page>
  );
}
