import type { ReactNode } from 'react';
import type { Card } from '../api/types';
import { categoryName, countryName } from '../members/words';
import { Avatar } from '../ui/Avatar';
import { Tag } from '../ui/Tag';
import styles from './CreatorCard.module.css';

const shownCategories = 3;

/** What a card says of a creator, but for the numbers. */
export function CardFace({ card, name }: { readonly card: Card; readonly name: ReactNode }) {
  const { displayName, handle, headline, avatarUrl, categories, country } = card;
  const more = categories.length - shownCategories;
  return (
    <>
      <header className={styles.head}>
        <Avatar name={displayName} url={avatarUrl} size={64} />
        <div className={styles.who}>
          <h2 className={styles.name}>
            <bdi>{name}</bdi>
          </h2>
          <p className={styles.where}>
            {handle !== undefined && <bdi>@{handle}</bdi>}
            {country !== undefined && <span>{countryName(country)}</span>}
          </p>
        </div>
      </header>
      <p dir="auto" className={styles.headline}>
        {headline}
      </p>
      <ul className={styles.tags} aria-label="Categories">
        {categories.slice(0, shownCategories).map((category) => (
          <li key={category}>
            <Tag>{categoryName(category)}</Tag>
          </li>
        ))}
        {more > 0 && <li title={categories.slice(shownCategories).map(categoryName).join(', ')}>+{more}</li>}
      </ul>
    </>
  );
}
