import { formatEngagement, formatFollowers } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { TextField } from '@/ui/Field';
import styles from './NumberChoices.module.css';
import { percentOf, readCount, readPercent } from './numbers';
import { Presets } from './Presets';
import type { FiltersProps } from './useFilters';
import { type DebouncedText, useDebouncedText } from '@/ui/useDebouncedText';

const said = creatorsTexts;

const ranges: readonly (readonly [number | undefined, number | undefined])[] = [
  [undefined, 10_000],
  [10_000, 50_000],
  [50_000, 250_000],
  [250_000, 1_000_000],
  [1_000_000, undefined],
];

/** Followers on a creator's largest platform, or on those that are asked for: a preset range, or a range of the member's own. */
export function FollowersChoice({ filters, change }: FiltersProps) {
  const { minFollowers: min, maxFollowers: max } = filters;
  const minimum = useCount(
    min,
    (minFollowers) => change((now) => ({ ...now, minFollowers }), 'typed'),
    (count) => max !== undefined && count > max,
  );
  const maximum = useCount(
    max,
    (maxFollowers) => change((now) => ({ ...now, maxFollowers }), 'typed'),
    (count) => min !== undefined && count < min,
  );
  return (
    <div className={styles.choice}>
      <p className="hint">{said.followersHint(filters.platform.length)}</p>
      <Presets
        label={said.followersUsual}
        options={ranges.map(([from, to]) => ({
          name:
            from === undefined
              ? said.upTo(formatFollowers(to ?? 0))
              : to === undefined
                ? said.fromValue(formatFollowers(from))
                : said.range(formatFollowers(from), formatFollowers(to)),
          chosen: from === min && to === max,
          choose: () => change((now) => ({ ...now, minFollowers: from, maxFollowers: to })),
        }))}
        clear={() => change((now) => ({ ...now, minFollowers: undefined, maxFollowers: undefined }))}
      />
      <div className={styles.pair}>
        <CountField label={said.from} placeholder={formatFollowers(10_000)} {...minimum} />
        <CountField label={said.to} placeholder={formatFollowers(50_000)} {...maximum} />
      </div>
    </div>
  );
}

interface CountFieldProps extends DebouncedText {
  readonly label: string;
  readonly placeholder: string;
  readonly error: string | undefined;
}

function CountField({ text, setText, flush, ...field }: CountFieldProps) {
  return (
    <TextField
      {...field}
      inputMode="text"
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={flush}
    />
  );
}

/** @param crosses whether a count is on the wrong side of the other end of the range. */
function useCount(value: number | undefined, apply: (count: number | undefined) => void, crosses: (count: number) => boolean) {
  const field = useDebouncedText(
    value === undefined ? '' : String(value),
    (text) => {
      const count = readCount(text);
      return text.trim() === '' || count === 0 ? '' : count === undefined || crosses(count) ? undefined : String(count);
    },
    (count) => apply(count === '' ? undefined : Number(count)),
  );
  const count = readCount(field.text);
  const isInvalid = field.text.trim() !== '' && count === undefined;
  return {
    ...field,
    error: isInvalid ? said.number : count !== undefined && count > 0 && crosses(count) ? said.fromMoreThanTo : undefined,
  };
}

const usualEngagements = [0.01, 0.02, 0.04, 0.06, 0.1];

/** The minimum engagement: a preset, or a number of the member's own. */
export function EngagementChoice({ filters, change }: FiltersProps) {
  const { minEngagement: min } = filters;
  const { text, setText, flush } = useDebouncedText(
    min === undefined ? '' : percentOf(min),
    (typed) => {
      const fraction = readPercent(typed);
      return typed.trim() === '' || fraction === 0 ? '' : fraction === undefined ? undefined : percentOf(fraction);
    },
    (percent) => change((now) => ({ ...now, minEngagement: percent === '' ? undefined : readPercent(percent) }), 'typed'),
  );
  const isInvalid = text.trim() !== '' && readPercent(text) === undefined;
  return (
    <div className={styles.choice}>
      <p className="hint">{said.engagementHint(filters.platform.length)}</p>
      <Presets
        label={said.engagementUsual}
        options={usualEngagements.map((fraction) => ({
          name: said.fromValue(formatEngagement(fraction)),
          chosen: fraction === min,
          choose: () => change((now) => ({ ...now, minEngagement: fraction })),
        }))}
        clear={() => change((now) => ({ ...now, minEngagement: undefined }))}
      />
      <TextField
        label={said.engagementLeast}
        inputMode="decimal"
        placeholder="3.5"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={flush}
        error={isInvalid ? said.engagementWrong : undefined}
      />
    </div>
  );
}
