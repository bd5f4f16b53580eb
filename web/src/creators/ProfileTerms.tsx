import type { ReactNode } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Creator } from '@/api/types';
import { answersName, collaborationName, formatAvailability, formatLeadTime, formatName, formatRate } from '@/members/terms';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Tag } from '@/ui/Tag';
import { ProfileSection } from './ProfileSection';
import styles from './ProfileTerms.module.css';

const said = creatorsTexts;

/** What to expect of a creator, or of a brand, as far as they say it. */
export function ProfileTerms({ of }: { readonly of: Creator }) {
  const { openTo = [], offers = [], formats = [], rateFrom, leadTime, availableFrom, answersWithin, expects, about } = of;
  const answers = answersName(answersWithin);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [said.rate, rateFrom && <strong>{texts.members.rateFrom(formatRate(rateFrom))}</strong>],
    [said.leadTime, leadTime !== undefined && <LeadTime days={leadTime} />],
    [texts.creators.availability, availableFrom !== undefined && <strong>{formatAvailability(availableFrom, serverNow())}</strong>],
    [said.answers, answers !== undefined && <strong>{answers}</strong>],
    [texts.creators.openTo, openTo.length > 0 && <Tags names={openTo.map(collaborationName)} />],
    [said.offers, offers.length > 0 && <Tags names={offers.map(collaborationName)} />],
    [texts.creators.formats, formats.length > 0 && <Tags names={formats.map(formatName)} />],
  ];
  const known = facts.filter(([, fact]) => fact !== false && fact !== undefined);
  if (known.length === 0 && expects === undefined && about === undefined) {
    return null;
  }

  return (
    <ProfileSection title={said.expectations}>
      {known.length > 0 && (
        <dl className={styles.facts}>
          {known.map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      )}
      {expects !== undefined && <Words title={said.expects} words={expects} />}
      {about !== undefined && <Words title={said.aboutBrand} words={about} />}
    </ProfileSection>
  );
}

function Tags({ names }: { readonly names: readonly string[] }) {
  return (
    <ul className={styles.tags}>
      {names.map((name) => (
        <li key={name}>
          <Tag>{name}</Tag>
        </li>
      ))}
    </ul>
  );
}

function LeadTime({ days }: { readonly days: number }) {
  return (
    <>
      <strong>{formatLeadTime(days)}</strong>
      <p className="hint">{said.leadTimeMeans}</p>
    </>
  );
}

function Words({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <div>
      <h3>{title}</h3>
      <p dir="auto" className={styles.words}>
        {words}
      </p>
    </div>
  );
}
