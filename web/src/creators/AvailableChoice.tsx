import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { TextField } from '@/ui/Field';
import { readDay, today } from './filters';
import styles from './NumberChoices.module.css';
import { Presets } from './Presets';
import { useDebouncedText } from '@/ui/useDebouncedText';
import type { FiltersProps } from './useFilters';

const said = creatorsTexts;

const lastDay = '2099-12-31';

/** The day on which a creator is available: now, or a day to come. */
export function AvailableChoice({ filters, change }: FiltersProps) {
  const { available } = filters;
  const first = today();
  const { text, setText, flush } = useDebouncedText(
    available === undefined || available === 'now' ? '' : available,
    (typed) => (typed === '' ? '' : isToCome(typed, first) ? typed : undefined),
    (day) => change((now) => ({ ...now, available: day === '' ? undefined : day }), 'typed'),
  );
  return (
    <div className={styles.choice}>
      <p className="hint">{said.availableHint}</p>
      <Presets
        label={said.availableUsual}
        options={[
          {
            name: texts.members.availableNow,
            chosen: available === 'now',
            choose: () => change((now) => ({ ...now, available: 'now' })),
          },
        ]}
        clear={() => change((now) => ({ ...now, available: undefined }))}
      />
      <TextField
        label={said.availableDay}
        type="date"
        min={first}
        max={lastDay}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={flush}
        // Until the last digit of the year is typed, it begins with 0.
        error={text === '' || text.startsWith('0') || isToCome(text, first) ? undefined : said.availableWrong}
      />
    </div>
  );
}

function isToCome(text: string, first: string): boolean {
  return readDay(text) !== undefined && text >= first;
}
