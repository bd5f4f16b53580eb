import type { ReactNode } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Card } from '@/api/types';
import { formatList, formatNumber } from '@/members/names';
import { answersName, calendarDay, collaborationName, formatAvailability, formatName, formatRate } from '@/members/terms';
import { texts } from '@/texts/texts';
import styles from './CardTerms.module.css';

const said = texts.creators;

const shownFormats = 3;

/** What a creator makes, for what, from how much and from when, as far as they say it, and how soon they usually answer. */
export function CardTerms({ of: { formats = [], openTo = [], rateFrom, availableFrom, answersWithin } }: { readonly of: Card }) {
  const rate = rateFrom && <strong>{formatRate(rateFrom)}</strong>;
  const isPaid = openTo.includes('paid');
  const others = openTo.filter((one) => one !== 'paid').map(collaborationName);
  const paid = rate ? (isPaid ? said.paidFrom : texts.members.rateFrom)(rate) : isPaid ? collaborationName('paid') : undefined;
  const names = formats.map(formatName);
  const more = names.slice(shownFormats);
  const now = serverNow();
  const isAway = availableFrom !== undefined && availableFrom > calendarDay(now);
  const answers = answersName(answersWithin);
  const rows: readonly (readonly [string, readonly ReactNode[]])[] = [
    [said.formats, [...names.slice(0, shownFormats), ...(more.length > 0 ? [<More key="more" names={more} />] : [])]],
    [said.openTo, [...(paid === undefined ? [] : [paid]), ...others]],
    [said.availability, isAway ? [formatAvailability(availableFrom, now)] : []],
    [said.answers, answers === undefined ? [] : [answers]],
  ];
  const known = rows.filter(([, values]) => values.length > 0);
  return known.length === 0 ? null : (
    <dl className={styles.terms}>
      {known.map(([name, values]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {values.map((value, i) => (
              <span key={i}>{value}</span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function More({ names }: { readonly names: readonly string[] }) {
  return <span title={formatList(names)}>{`+${formatNumber(names.length)}`}</span>;
}
