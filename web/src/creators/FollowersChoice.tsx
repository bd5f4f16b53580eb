import { TextField } from '../ui/TextField';
import { followersInShort } from '../members/words';
import type { Filters } from './filters';
import { readCount } from './numbers';
import styles from './NumberChoice.module.css';
import { Presets } from './Presets';
import type { ChangeFilters } from './useFilters';
import { useTyped } from './useTyped';

const ranges: readonly (readonly [number | undefined, number | undefined])[] = [
  [undefined, 10_000],
  [10_000, 50_000],
  [50_000, 250_000],
  [250_000, 1_000_000],
  [1_000_000, undefined],
];

/** How many followers a creator has on their largest platform: a usual range, or numbers of one's own. */
export function FollowersChoice({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  const { minFollowers: min, maxFollowers: max } = filters;
  const least = useCount(
    min,
    (minFollowers) => change((now) => ({ ...now, minFollowers }), 'typed'),
    (count) => max !== undefined && count > max,
  );
  const most = useCount(
    max,
    (maxFollowers) => change((now) => ({ ...now, maxFollowers }), 'typed'),
    (count) => min !== undefined && count < min,
  );
  return (
    <div className={styles.choice}>
      <p className={styles.words}>On their largest platform.</p>
      <Presets
        label="Usual ranges"
        options={ranges.map(([from, to]) => ({
          name:
            from === undefined
              ? `Up to ${followersInShort(to ?? 0)}`
              : to === undefined
                ? `From ${followersInShort(from)}`
                : `${followersInShort(from)} to ${followersInShort(to)}`,
          chosen: from === min && to === max,
          choose: () => change((now) => ({ ...now, minFollowers: from, maxFollowers: to })),
        }))}
        clear={() => change((now) => ({ ...now, minFollowers: undefined, maxFollowers: undefined }))}
      />
      <div className={styles.pair}>
        <TextField
          label="From"
          inputMode="text"
          placeholder="10K"
          autoComplete="off"
          value={least.text}
          onChange={(event) => least.type(event.target.value)}
          onBlur={least.useNow}
          error={least.error}
        />
        <TextField
          label="To"
          inputMode="text"
          placeholder="50K"
          autoComplete="off"
          value={most.text}
          onChange={(event) => most.type(event.target.value)}
          onBlur={most.useNow}
          error={most.error}
        />
      </div>
    </div>
  );
}

function useCount(value: number | undefined, use: (count: number | undefined) => void, crosses: (count: number) => boolean) {
  const shown = value === undefined ? '' : String(value);
  const typed = useTyped(
    shown,
    (text) => {
      const count = readCount(text);
      return text.trim() === '' || count === 0 ? '' : count === undefined || crosses(count) ? undefined : String(count);
    },
    (count) => use(count === '' ? undefined : Number(count)),
  );
  const count = readCount(typed.text);
  const unread = typed.text.trim() !== '' && count === undefined;
  return {
    ...typed,
    error: unread
      ? 'Write a number, such as 10000 or 10K.'
      : count !== undefined && count > 0 && crosses(count)
        ? 'From is more than To.'
        : undefined,
  };
}
