import type { ReactNode } from 'react';
import type { Card } from '@/api/types';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { Link } from '@/ui/router';
import { Skeleton } from '@/ui/Skeleton';
import { ConfirmedDomain } from './ConfirmedDomain';
import styles from './MemberRow.module.css';
import { formatFollowers, platformName } from './names';
import { PlatformMark } from './PlatformMark';

interface MemberRowProps {
  readonly card: Card;
  /** The heading level: 2 below the page's heading, 3 below a section's. */
  readonly level: 2 | 3;
  /** Whether the name links to the profile. A blocked member's profile cannot be opened. */
  readonly linked?: boolean;
  /** Replaces the headline and followers below the name. */
  readonly line?: ReactNode;
  /** Further content, such as a note. */
  readonly children?: ReactNode;
  readonly actions: ReactNode;
}

/** A member as a row of a list, with actions. Render it inside an `li`. */
export function MemberRow({ card, level, linked = true, line, children, actions }: MemberRowProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.row}>
      <Avatar name={card.displayName} url={card.avatarUrl} />
      <div className={styles.who}>
        <Heading className={styles.name}>
          <bdi>{linked ? <Link to={`/creators/${encodeURIComponent(card.id)}`}>{card.displayName}</Link> : card.displayName}</bdi>
        </Heading>
        {card.confirmedDomain !== undefined && (
          <p className={styles.confirmed}>
            <ConfirmedDomain domain={card.confirmedDomain} withText />
          </p>
        )}
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
        <p className={`hint ${styles.reach}`}>
          <PlatformMark platform={largest.name} small />
          <span>{texts.members.followersOn(card.followers, formatFollowers(card.followers), platformName(largest.name))}</span>
        </p>
      )}
    </>
  );
}

/** Placeholders for a list of `MemberRow`s. */
export function MemberRowsSkeleton({ count = 3 }: { readonly count?: number }) {
  return (
    <RowList>
      {Array.from({ length: count }, (_, i) => (
        <li key={i} className={styles.row}>
          <Skeleton shape="circle" />
          <div>
            <Skeleton width="short" />
            <Skeleton width="long" />
            <Skeleton width="half" />
          </div>
        </li>
      ))}
    </RowList>
  );
}

/** A vertical list. Its children are `li` elements. */
export function RowList({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    // Safari does not announce a list without bullets as a list unless it has the role.
    <ul role="list" aria-label={label} className={styles.list}>
      {children}
    </ul>
  );
}
