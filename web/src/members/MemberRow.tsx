import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Card } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { Skeleton } from '@/ui/Skeleton';
import styles from './MemberRow.module.css';
import { formatFollowers, platformName } from './names';

interface MemberRowProps {
  readonly card: Card;
  /** The level of the name among the page's headings: below the page's own, or below a section's. */
  readonly level: 2 | 3;
  /** Whether their profile can be opened; a blocked member's cannot. */
  readonly linked?: boolean;
  /** What stands under the name in place of the headline and the followers. */
  readonly line?: ReactNode;
  /** What there is to say besides, such as a note. */
  readonly children?: ReactNode;
  readonly actions: ReactNode;
}

/** A member at a glance, as a row of a list, with what can be done about them. Put it into the list's `li`. */
export function MemberRow({ card, level, linked = true, line, children, actions }: MemberRowProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.row}>
      <Avatar name={card.displayName} url={card.avatarUrl} />
      <div className={styles.who}>
        <Heading className={styles.name}>
          <bdi>{linked ? <Link to={`/creators/${encodeURIComponent(card.id)}`}>{card.displayName}</Link> : card.displayName}</bdi>
        </Heading>
        {line ?? <AtAGlance card={card} />}
      </div>
      {children !== undefined && <div className={styles.more}>{children}</div>}
      <div className={styles.actions} data-row-actions>
        {actions}
      </div>
    </div>
  );
}

function AtAGlance({ card }: { readonly card: Card }) {
  const words = card.headline ?? card.organisation;
  const largest = card.platforms.find((platform) => platform.followers === card.followers);
  return (
    <>
      {words !== undefined && (
        <p className={styles.headline}>
          <bdi>{words}</bdi>
        </p>
      )}
      {largest && (
        <p className={styles.followers}>
          {formatFollowers(card.followers)} followers on {platformName(largest.name)}
        </p>
      )}
    </>
  );
}

/** Where a `MemberRow` will be. */
export function MemberRowSkeleton() {
  return (
    <div className={styles.row}>
      <Skeleton shape="circle" />
      <div>
        <Skeleton width="short" />
        <Skeleton width="long" />
        <Skeleton width="half" />
      </div>
    </div>
  );
}

/** A list whose rows are read one below the other. Its children are `li`s. */
export function RowList({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    // Safari takes the list out of what it reads where it has no bullets, unless it is told.
    <ul role="list" aria-label={label} className={styles.list}>
      {children}
    </ul>
  );
}
