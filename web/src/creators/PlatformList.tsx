import type { Platform } from '../api/types';
import { engagementInShort, followersInShort, platformName } from '../members/words';
import { OutsideLink } from '../ui/OutsideLink';
import styles from './PlatformList.module.css';

/** Where a creator is followed, by how many, and how much those do. The most followed first. */
export function PlatformList({ platforms }: { readonly platforms: readonly Platform[] }) {
  return (
    <ul className={styles.platforms}>
      {platforms
        .toSorted((a, b) => b.followers - a.followers)
        .map(({ name, handle, url, followers, engagement }) => (
          <li key={`${name} ${handle}`} className={styles.platform}>
            <div className={styles.where}>
              <h3>{platformName(name)}</h3>
              <p>
                <OutsideLink url={url}>
                  <bdi>{handle}</bdi>
                </OutsideLink>
              </p>
            </div>
            <p>
              <strong title={followers.toLocaleString()}>{followersInShort(followers)}</strong> followers
            </p>
            <p>
              <strong>{engagementInShort(engagement)}</strong> engagement
            </p>
          </li>
        ))}
    </ul>
  );
}
