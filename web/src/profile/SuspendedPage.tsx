import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from '@/api/queries';
import type { OwnSuspension } from '@/api/types';
import { useOwnProfile } from '@/members/useMe';
import { useSession } from '@/session/useSession';
import { accountTexts } from '@/texts/account';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Logo } from '@/ui/Logo';
import { Panel } from '@/ui/Page';
import { Quote } from '@/ui/Quote';
import { supportLink } from '@/ui/support';
import { formatDateTime } from '@/ui/Time';
import { useTitle } from '@/ui/title';
import { ErasePanel } from './ErasePanel';
import styles from './SuspendedPage.module.css';
import { ExportPanel } from './YourDataPage';

const said = accountTexts.suspended;

/** All that a suspended member sees: until when, why, how to contest it, and their data. It goes away when the suspension ends. */
export function SuspendedPage({ suspension: { since, until, reason, statement } }: { readonly suspension: OwnSuspension }) {
  useTitle(said.title);
  const own = useOwnProfile();
  const { config, signOut } = useSession();
  const cache = useQueryClient();
  useEffect(() => {
    // What was read before is out of date when the suspension ends.
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
  }, [cache]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Logo size={44} />
        {/* Announced, because it takes the place of a page that the member was using. */}
        <div role="alert">
          <h1>{said.title}</h1>
          <p>{until === undefined ? said.untilLifted : said.until(formatDateTime(until))}</p>
        </div>
      </header>
      <Panel>
        <h2>{said.why}</h2>
        <p>{said.reason(safetyTexts.reportReasons[reason].name, formatDateTime(since))}</p>
        {statement !== undefined && <Quote text={statement} />}
        <h2>{said.contest}</h2>
        <p>
          {said.contestHow((write) => (
            <a href={supportLink(config.support, said.contestSubject)}>{write}</a>
          ))}
        </p>
        <p className="hint">{said.meanwhile}</p>
        <div className={styles.actions}>
          <Button tone="main" busy={own.isFetching} onClick={() => void own.refetch()}>
            {said.again}
          </Button>
          <Button onClick={() => void signOut()}>{texts.common.signOut}</Button>
        </div>
      </Panel>
      <ExportPanel />
      <ErasePanel />
      <p className="hint">{said.eraseStays}</p>
    </div>
  );
}
