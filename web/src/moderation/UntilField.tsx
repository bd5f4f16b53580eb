import { useState } from 'react';
import { serverNow } from '@/api/serverTime';
import { moderationTexts as said } from '@/texts/moderation';
import { SelectField, TextField } from '@/ui/Field';
import { formatDateTime } from '@/ui/Time';
import styles from './Desk.module.css';

/** When a suspension ends. */
export interface End {
  /** How it was chosen: a number of days, a day, or not by itself. */
  readonly choice: string;
  /** The day, as the browser's field has it. */
  readonly day: string;
  /** The moment; undefined if a moderator has to lift it, and null while no day to come is chosen. Fixed, so that a retry is the same. */
  readonly until: string | undefined | null;
}

const day = 86_400_000;
const lengths = [1, 7, 30, 90] as const;
const byDay = 'day';

/** The end after some days from now. */
export function endAfter(days: number): End {
  return { choice: String(days), day: '', until: new Date(serverNow() + days * day).toISOString() };
}

function endOn(date: string): End {
  const at = Date.parse(`${date}T00:00`);
  return { choice: byDay, day: date, until: at > serverNow() ? new Date(at).toISOString() : null };
}

interface UntilFieldProps {
  readonly value: End;
  readonly onChange: (end: End) => void;
  /** Whether to say that a day is missing. */
  readonly missed: boolean;
}

/** The choice of when a suspension ends. */
export function UntilField({ value: { choice, day: date, until }, onChange, missed }: UntilFieldProps) {
  const [tomorrow] = useState(() => new Date(serverNow() + day).toLocaleDateString('sv'));
  const choose = (next: string) =>
    onChange(next === '' ? { choice: '', day: '', until: undefined } : next === byDay ? endOn('') : endAfter(Number(next)));
  return (
    <div className={styles.until}>
      <SelectField
        label={said.decision.until}
        none={said.until.lifted}
        options={[...lengths.map((days) => ({ value: String(days), name: said.until.days(days) })), { value: byDay, name: said.until.day }]}
        value={choice}
        onChange={(event) => choose(event.target.value)}
      />
      {choice === byDay && (
        <TextField
          type="date"
          label={said.until.dayLabel}
          required
          min={tomorrow}
          value={date}
          onChange={(event) => onChange(endOn(event.target.value))}
          error={missed && until === null ? said.until.dayMissing : undefined}
        />
      )}
      {typeof until === 'string' && <p className="hint">{said.until.ends(formatDateTime(until))}</p>}
    </div>
  );
}
