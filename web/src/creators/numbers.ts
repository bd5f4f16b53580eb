const thousand = 1_000;

/** Reads a count as people type it: 10000, 10,000, 10k or 1.5m. Undefined if it is not a count. */
export function readCount(text: string): number | undefined {
  const typed = text.replace(/[\s'’_]/g, '').toLowerCase();
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(typed) ? typed.replace(/[.,]/g, '') : typed.replace(',', '.');
  const match = /^(\d{1,11}(?:\.\d+)?)([km]?)$/.exec(grouped);
  if (!match) {
    return undefined;
  }

  const count = Number(match[1]) * (match[2] === 'k' ? thousand : match[2] === 'm' ? thousand ** 2 : 1);
  return Number.isInteger(Math.round(count * 1e6) / 1e6) && count <= 10_000_000_000 ? Math.round(count) : undefined;
}

/** Reads a percentage as a fraction: 3.4, 3,4 and 3.4% are 0.034. Undefined if it is not a percentage. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3}(?:[.,]\d{1,2})?)%?$/.exec(text.replace(/\s/g, ''));
  const percent = Number(match?.[1]?.replace(',', '.'));
  // Rounded because 3.4 / 100 is not exactly 0.034.
  return match && percent <= 100 ? Number((percent / 100).toFixed(4)) : undefined;
}

/** A fraction as an editable percentage: 3.4. */
export function percentOf(fraction: number): string {
  return String(Number((fraction * 100).toFixed(2)));
}
