import { engagementInShort } from '../members/words';
import { TextField } from '../ui/TextField';
import type { Filters } from './filters';
import styles from './NumberChoice.module.css';
import { percentOf, readPercent } from './numbers';
import { Presets } from './Presets';
import type { ChangeFilters } from './useFilters';
import { useTyped } from './useTyped';

const usual = [0.01, 0.02, 0.04, 0.06, 0.1];

/** The least share of followers that a post moves to do something: a usual one, or a number of one's own. */
export function EngagementChoice({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  const { minEngagement: min } = filters;
  const { text, type, useNow } = useTyped(
    min === undefined ? '' : percentOf(min),
    (typed) => {
      const fraction = readPercent(typed);
      return typed.trim() === '' || fraction === 0 ? '' : fraction === undefined ? undefined : percentOf(fraction);
    },
    (percent) => change((now) => ({ ...now, minEngagement: percent === '' ? undefined : readPercent(percent) }), 'typed'),
  );
  const unread = text.trim() !== '' && readPercent(text) === undefined;
  return (
    <div className={styles.choice}>
      <p className={styles.words}>Likes, comments and the like per follower and post, on their largest platform.</p>
      <Presets
        label="Usual engagements"
        options={usual.map((fraction) => ({
          name: `From ${engagementInShort(fraction)}`,
          chosen: fraction === min,
          choose: () => change((now) => ({ ...now, minEngagement: fraction })),
        }))}
        clear={() => change((now) => ({ ...now, minEngagement: undefined }))}
      />
      <TextField
        label="At least, in percent"
        inputMode="decimal"
        placeholder="3.5"
        autoComplete="off"
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={useNow}
        error={unread ? 'Write percent from 0 to 100, such as 3.5.' : undefined}
      />
    </div>
  );
}
