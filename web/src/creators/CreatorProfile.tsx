import { Eye, EyeOff } from 'lucide-react';
import type { Creator, Platform } from '@/api/types';
import { RelationButton } from '@/invites/RelationButton';
import { useMe } from '@/members/useMe';
import {
  categoryName,
  countryName,
  formatEngagement,
  formatFollowers,
  formatList,
  formatNumber,
  languageName,
  platformName,
} from '@/members/names';
import { ConfirmedDomain } from '@/members/ConfirmedDomain';
import { PlatformMark } from '@/members/PlatformMark';
import { SafetyMenu } from '@/safety/SafetyMenu';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { ButtonLink } from '@/ui/Button';
import { MenuItem } from '@/ui/Menu';
import { OutsideLink } from '@/ui/OutsideLink';
import { Link } from '@/ui/router';
import { Skeleton } from '@/ui/Skeleton';
import { Tag } from '@/ui/Tag';
import styles from './CreatorProfile.module.css';
import { FavouriteButton } from './FavouriteButton';
import { FavouriteMark } from './FavouriteMark';
import { numbersFrom } from './numbersFrom';
import { ProfileSection } from './ProfileSection';
import { ProfileTerms } from './ProfileTerms';
import { usePutAway } from './usePutAway';

const said = creatorsTexts;

const maxUrlLength = 60;

interface CreatorProfileProps {
  readonly creator: Creator;
  /** Whether the full profile is loaded; if not, only the card's fields are known. */
  readonly whole: boolean;
}

export function CreatorProfile({ creator, whole }: CreatorProfileProps) {
  const { displayName, handle, headline, bio, avatarUrl, organisation, website, categories, tags, platforms, country, languages } = creator;
  const { confirmedDomain } = creator;
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
          {confirmedDomain !== undefined && (
            <p>
              <ConfirmedDomain domain={confirmedDomain} withText />
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
      {creator.favourite && <FavouriteMark creator={creator} />}
      {!whole && (
        <div aria-hidden="true">
          <Skeleton width="long" />
          <Skeleton width="long" />
          <Skeleton width="half" />
        </div>
      )}
      {bio !== undefined && (
        <ProfileSection title={said.about}>
          <p dir="auto" className={styles.bio}>
            {bio}
          </p>
        </ProfileSection>
      )}
      <ProfileTerms of={creator} />
      {platforms.length > 0 && (
        <ProfileSection title={said.platforms}>
          <PlatformList platforms={platforms} />
        </ProfileSection>
      )}
      {categories.length + tags.length > 0 && (
        <ProfileSection title={said.topics}>
          <ul className={styles.tags}>
            {categories.map((category) => (
              <li key={category}>
                <Link to={`/?category=${category}`} title={said.exploreCategory(categoryName(category))} className={styles.category}>
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
        <ProfileSection title={said.languages}>
          <p>{formatList(languages.map(languageName))}</p>
        </ProfileSection>
      )}
      {website !== undefined && (
        <ProfileSection title={said.website}>
          <p>
            <OutsideLink url={website}>{shortUrl(website)}</OutsideLink>
          </p>
        </ProfileSection>
      )}
    </article>
  );
}

function shortUrl(url: string): string {
  const address = url.replace(/^https:\/\//, '').replace(/\/$/, '');
  return address.length > maxUrlLength ? `${address.slice(0, maxUrlLength)}…` : address;
}

/** The actions on a profile. */
function ProfileActions({ creator }: { readonly creator: Creator }) {
  const { kind, listed, favourite, relation } = creator;
  const putAway = usePutAway();
  const away = creator.dismissed === true;
  if (useMe().id === creator.id) {
    return (
      <div className={styles.actions}>
        <ButtonLink to="/profile">{said.editProfile}</ButtonLink>
      </div>
    );
  }

  // Only a listed creator can be marked or invited. An existing mark or relation can always be changed.
  const open = kind === 'creator' && listed;
  return (
    <div className={styles.actions}>
      {(open || relation.state !== 'none') && <RelationButton member={creator} relation={relation} withText />}
      {(open || favourite) && <FavouriteButton creator={creator} />}
      <SafetyMenu member={creator} connectionId={relation.state === 'connected' ? relation.connectionId : undefined}>
        {(open || away) && (
          <MenuItem icon={away ? Eye : EyeOff} onSelect={() => putAway({ creator, away: !away })}>
            {away ? said.takeBack : said.putAway}
          </MenuItem>
        )}
      </SafetyMenu>
      {away && <Tag>{said.away}</Tag>}
    </div>
  );
}

/** A creator's platforms with followers and engagement, the most followed first. */
function PlatformList({ platforms }: { readonly platforms: readonly Platform[] }) {
  return (
    <ul className={styles.platforms}>
      {platforms
        .toSorted((a, b) => b.followers - a.followers)
        .map(({ name, handle, url, followers, engagement, source, checkedAt }) => (
          <li key={`${name} ${handle}`} className={styles.platform}>
            <PlatformMark platform={name} />
            <div className={styles.account}>
              <h3>{platformName(name)}</h3>
              <p>
                <OutsideLink url={url}>
                  <bdi>{handle}</bdi>
                </OutsideLink>
              </p>
              <NumbersFrom platform={{ source, checkedAt }} />
            </div>
            <p>{texts.members.followers(followers, <strong title={formatNumber(followers)}>{formatFollowers(followers)}</strong>)}</p>
            <p>{texts.members.engagement(<strong>{formatEngagement(engagement)}</strong>)}</p>
          </li>
        ))}
    </ul>
  );
}

function NumbersFrom({ platform }: { readonly platform: Parameters<typeof numbersFrom>[0] }) {
  const from = numbersFrom(platform);
  return from === undefined ? null : <p>{said.numbers(from)}</p>;
}

export function ProfileSkeleton() {
  return (
    <div className={styles.profile} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.face} />
        <div className={styles.who}>
          <Skeleton shape="title" width="half" />
          <Skeleton width="half" />
          <Skeleton width="long" />
        </div>
      </div>
      <Skeleton shape="block" />
      <Skeleton shape="block" />
    </div>
  );
}
