import { Link } from 'react-router';
import type { Creator } from '../api/types';
import { categoryName, countryName, languageName } from '../members/words';
import { Avatar } from '../ui/Avatar';
import { OutsideLink } from '../ui/OutsideLink';
import { Skeleton } from '../ui/Skeleton';
import styles from './CreatorProfile.module.css';
import { PlatformList } from './PlatformList';
import { ProfileActions } from './ProfileActions';
import { ProfileSection } from './ProfileSection';

const longestAddress = 60;

interface CreatorProfileProps {
  readonly creator: Creator;
  /** Whether it is all of the profile; otherwise only what the card said is known so far. */
  readonly whole: boolean;
}

/** A profile, from the name to the website. */
export function CreatorProfile({ creator, whole }: CreatorProfileProps) {
  const { displayName, handle, headline, bio, avatarUrl, organisation, website, categories, tags, platforms, country, languages } = creator;
  const at = [
    handle === undefined ? undefined : `@${handle}`,
    organisation,
    country === undefined ? undefined : countryName(country),
  ].filter((part) => part !== undefined && part !== '');
  return (
    <article className={styles.profile}>
      <header className={styles.head}>
        <Avatar name={displayName} url={avatarUrl} size={96} />
        <div className={styles.who}>
          <h1>
            <bdi>{displayName}</bdi>
          </h1>
          {at.length > 0 && (
            <p className={styles.where}>
              {at.map((part) => (
                <bdi key={part}>{part}</bdi>
              ))}
            </p>
          )}
          {headline !== undefined && (
            <p dir="auto" className={styles.headline}>
              {headline}
            </p>
          )}
        </div>
        <ProfileActions creator={creator} />
      </header>
      {!whole && (
        <div aria-hidden="true">
          <Skeleton width="long" />
          <Skeleton width="long" />
          <Skeleton width="half" />
        </div>
      )}
      {bio !== undefined && (
        <ProfileSection title="About">
          <p dir="auto" className={styles.bio}>
            {bio}
          </p>
        </ProfileSection>
      )}
      {platforms.length > 0 && (
        <ProfileSection title="Platforms">
          <PlatformList platforms={platforms} />
        </ProfileSection>
      )}
      {categories.length + tags.length > 0 && (
        <ProfileSection title="Topics">
          <ul className={styles.tags}>
            {categories.map((category) => (
              <li key={category}>
                <Link to={`/?category=${category}`} title={`Explore ${categoryName(category)}`} className={styles.category}>
                  {categoryName(category)}
                </Link>
              </li>
            ))}
            {tags.map((tag) => (
              <li key={`#${tag}`} className={styles.tag}>
                <bdi>{tag}</bdi>
              </li>
            ))}
          </ul>
        </ProfileSection>
      )}
      {languages.length > 0 && (
        <ProfileSection title="Languages">
          <p>{languages.map(languageName).join(', ')}</p>
        </ProfileSection>
      )}
      {website !== undefined && (
        <ProfileSection title="Website">
          <p>
            <OutsideLink url={website}>{addressInShort(website)}</OutsideLink>
          </p>
        </ProfileSection>
      )}
    </article>
  );
}

function addressInShort(url: string): string {
  const address = url.replace(/^https:\/\//, '').replace(/\/$/, '');
  return address.length > longestAddress ? `${address.slice(0, longestAddress)}…` : address;
}
