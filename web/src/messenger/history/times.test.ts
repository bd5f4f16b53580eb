import { describe, expect, it } from 'vitest';
import { formatTime, formatDay, formatShort } from './times';

const at = (local: string) => new Date(local).toISOString();
const now = Date.parse(at('2026-11-22T00:30:00'));

describe('the time of a message', () => {
  it('counts calendar days', () => {
    expect(formatDay(at('2026-11-22T00:10:00'), now)).toBe('Today');
    expect(formatDay(at('2026-11-21T23:50:00'), now)).toBe('Yesterday');
    expect(formatDay(at('2026-11-18T12:00:00'), now)).toBe('Wednesday');
  });

  it('is a date after a week, with the year if it differs', () => {
    expect(formatDay(at('2026-11-15T12:00:00'), now)).toMatch(/15/);
    expect(formatDay(at('2026-11-15T12:00:00'), now)).not.toMatch(/2026/);
    expect(formatDay(at('2025-11-15T12:00:00'), now)).toMatch(/2025/);
  });

  it('is today if the sender’s clock is ahead', () => {
    const ahead = at('2026-11-23T00:01:00');
    expect(formatDay(ahead, now)).toBe('Today');
    expect(formatShort(ahead, now)).toBe(formatTime(ahead));
  });
});
