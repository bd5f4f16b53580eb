import { BadgeCheck } from 'lucide-react';
import { texts } from '@/texts/texts';
import styles from './ConfirmedDomain.module.css';

/** The domain at which a member has confirmed an address: with the words, or with a mark that stands for them where room is short. */
export function ConfirmedDomain({ domain, withText = false }: { readonly domain: string | undefined; readonly withText?: boolean }) {
  if (domain === undefined) {
    return null;
  }

  const said = texts.members.confirmedAt(<bdi>{domain}</bdi>);
  return (
    <b className={styles.confirmed} title={texts.members.confirmedMeans(domain)}>
      <BadgeCheck size="1em" aria-hidden="true" />
      {withText ? (
        <span>{said}</span>
      ) : (
        <>
          <span className="visually-hidden">{said}</span>
          <bdi aria-hidden="true">{domain}</bdi>
        </>
      )}
    </b>
  );
}
