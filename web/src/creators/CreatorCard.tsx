import type { ReactNode } from 'react';
import type { CallersCard, Card } from '@/api/types';
import { RelationButton } from '@/invites/RelationButton';
import { useMe } from '@/members/useMe';
import { categoryName, countryName, formatEngagement, formatFollowers, formatList, formatNumber, platformName } from '@/members/names';
import { ConfirmedDomain } from '@/members/ConfirmedDomain';
import { PlatformMark } from '@/members/PlatformMark';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { Link } from '@/ui/router';
import { Skeleton } from '@/ui/Skeleton';
import { Tag } from '@/ui/Tag';
import { CardTerms } from './CardTerms';
import styles from './CreatorCard.module.css';
import { FavouriteButton } from './FavouriteButton';
import { numbersFrom } from './numbersFrom';
import { PutAwayButton } from './PutAwayButton';

const said = texts.creators;

/** A creator's card with the favourite and relation buttons. The whole card links to the profile. */
export function CreatorCard({ card, children }: { readonly card: CallersCard; readonly children?: ReactNode }) {
  const isMe = useMe().id === card.id;
  return (
    <article className={styles.card} data-leads>
      <CardFace
        card={card}
        name={<Link to={`/creators/${encodeURIComponent(card.id)}`}>{card.displayName}</Link>}
        corner={(card.dismissed === true || (!isMe && canBePutAway(card))) && <PutAwayButton creator={card} />}
      />
      {children}
      <footer className={styles.foot}>
        <Reach of={card} />
        {isMe ? (
          <Tag tone="accent">{texts.common.you}</Tag>
        ) : (
          <span className={styles.actions}>
            <FavouriteButton creator={card} />
            <RelationButton member={card} relation={card.relation} />
          </span>
        )}
      </footer>
    </article>
  );
}

/** A creator with an open invite or a connection is put away from the profile's menu. */
function canBePutAway({ relation: { state } }: CallersCard): boolean {
  return state === 'none' || state === 'locked';
}

/** A card as others will see it, without controls. */
export function CardPreview({ card }: { readonly card: Card }) {
  return (
    <article className={styles.card}>
      <CardFace card={card} name={card.displayName} />
      <footer className={styles.foot}>
        <Reach of={card} />
      </footer>
    </article>
  );
}

/** A placeholder as high as a card. */
export function CardSkeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.face} />
        <div className={styles.who}>
          <div className={styles.name}>
            <Skeleton shape="title" width="half" />
          </div>
          <div className={styles.where}>
            <Skeleton width="long" />
          </div>
        </div>
      </div>
      <div className={styles.headline}>
        <Skeleton width="long" />
        <Skeleton width="half" />
      </div>
      <div className={styles.tags}>
        <Skeleton width="half" />
      </div>
      <div className={styles.foot}>
        <Skeleton shape="title" width="half" />
      </div>
    </div>
  );
}

const shownCategories = 3;

/** The head of a card, without the numbers. */
function CardFace({ card, name, corner }: { readonly card: Card; readonly name: ReactNode; readonly corner?: ReactNode }) {
  const { displayName, handle, headline, avatarUrl, categories, confirmedDomain, country } = card;
  const more = categories.length - shownCategories;
  return (
    <>
      <header className={styles.head}>
        <Avatar name={displayName} url={avatarUrl} size={48} />
        <div className={styles.who}>
          <h2 className={styles.name}>
            <bdi>{name}</bdi>
          </h2>
          <p className={styles.where}>
            {handle !== undefined && <bdi>{`@${handle}`}</bdi>}
            {country !== undefined && <span>{countryName(country)}</span>}
          </p>
          {confirmedDomain !== undefined && (
            <p className={styles.domain}>
              <ConfirmedDomain domain={confirmedDomain} />
            </p>
          )}
        </div>
        {corner}
      </header>
      {headline !== undefined && (
        <p dir="auto" className={styles.headline}>
          {headline}
        </p>
      )}
      {categories.length > 0 && (
        <ul className={styles.tags} aria-label={said.categories}>
          {categories.slice(0, shownCategories).map((category) => (
            <li key={category}>
              <Tag>{categoryName(category)}</Tag>
            </li>
          ))}
          {more > 0 && <li title={formatList(categories.slice(shownCategories).map(categoryName))}>{`+${formatNumber(more)}`}</li>}
        </ul>
      )}
      <CardTerms of={card} />
    </>
  );
}

type ReachOf = Pick<Card, 'platform' | 'platforms' | 'followers' | 'engagement'>;

/** The followers and engagement of a creator on the platform that a search asked for, or on their largest. */
function Reach({ of: { platform, platforms, followers, engagement } }: { readonly of: ReachOf }) {
  const shown = platforms.filter(({ name }) => name === (platform ?? name));
  const largest = shown.find((one) => one.followers === followers) ?? platforms[0];
  if (!largest) {
    return <p className={styles.reach}>{said.noPlatforms}</p>;
  }

  const from = numbersFrom(largest);
  return (
    <div className={styles.reach} title={texts.members.followersOn(followers, formatNumber(followers), platformName(largest.name))}>
      <PlatformMark platform={largest.name} />
      <p>
        <span className="visually-hidden">{said.platformOf(platformName(largest.name))}</span>
        <span className={styles.number}>{texts.members.followers(followers, <strong>{formatFollowers(followers)}</strong>)}</span>
        <span className={styles.number}>{texts.members.engagement(<strong>{formatEngagement(engagement)}</strong>)}</span>
        {from !== undefined && <span className={styles.number}>{from}</span>}
      </p>
    </div>
  );
}
