import type { Card } from '../api/types';
import { engagementInShort, followersInShort, platformName } from '../members/words';
import styles from './Reach.module.css';

/** How many follow a creator on their largest platform, and how much those do. */
export function Reach({ of: { platforms, followers, engagement } }: { readonly of: Pick<Card, 'platforms' | 'followers' | 'engagement'> }) {
  const largest = platforms.find((platform) => platform.followers === followers) ?? platforms[0];
  if (!largest) {
    return <p className={styles.reach}>No platforms yet</p>;
  }

  return (
    <dl className={styles.reach}>
      <div>
        <dt>{platformName(largest.name)}</dt>
        <dd title={`${followers.toLocaleString()} followers`}>
          {followersInShort(followers)}
          <span className="visually-hidden"> followers</span>
        </dd>
      </div>
      <div>
        <dt>Engagement</dt>
        <dd>{engagementInShort(engagement)}</dd>
      </div>
    </dl>
  );
}
