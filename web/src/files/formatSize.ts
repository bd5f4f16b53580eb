import { language } from '@/texts/texts';

const aMegabyte = 1_000_000;

/** A size in bytes for people: 340 kB, 2.4 MB. */
export function formatSize(bytes: number): string {
  const [unit, size] = bytes < aMegabyte ? ['kilobyte' as const, Math.max(1, Math.round(bytes / 1000))] : ['megabyte', bytes / aMegabyte];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(size);
}
