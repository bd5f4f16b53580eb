import type { Profile } from '@/api/types';
import { moderationTexts as said } from '@/texts/moderation';
import { accountTexts } from '@/texts/account';
import styles from './Desk.module.css';

/** A profile's words. Addresses in it are not links, so that nobody follows a lure from here. */
export function ProfileFacts({ profile }: { readonly profile: Profile }) {
  const { labels } = accountTexts.profile;
  const facts = [
    [said.member.name, profile.displayName],
    [labels.handle, profile.handle],
    [labels.headline, profile.headline],
    [labels.organisation, profile.organisation],
    [labels.website, profile.website],
    [said.member.bio, profile.bio],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
