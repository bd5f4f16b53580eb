import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { CallersCard } from '@/api/types';
import { useRowFocus } from '@/ui/focus';
import { CardSkeleton, CreatorCard } from './CreatorCard';
import styles from './CreatorGrid.module.css';

// Of a longer list, only the cards near the window are rendered. A shorter one is whole, so that the browser finds text in it.
const longList = 72;

interface CreatorGridProps {
  readonly label: string;
  readonly cards: readonly CallersCard[];
  /** Whether these are the results of the previous search while the new one loads. */
  readonly old?: boolean;
  /** Further content of a card. */
  readonly more?: (card: CallersCard) => ReactNode;
}

/** A responsive grid of cards. */
export function CreatorGrid({ label, cards, old = false, more }: CreatorGridProps) {
  // A creator who moves up between two page reads is on both pages.
  const each = [...new Map(cards.map((card) => [card.id, card])).values()];
  const grid = useRowFocus<HTMLUListElement>();
  const { first, end, above, below } = useShownCards(grid, each.length);
  return (
    <ul
      ref={grid}
      className={styles.grid}
      style={{ paddingTop: above, paddingBottom: below }}
      aria-label={label}
      aria-busy={old || undefined}
    >
      {each.slice(first, end).map((card, i) => (
        <li key={card.id} data-row aria-posinset={first + i + 1} aria-setsize={each.length}>
          <CreatorCard card={card}>{more?.(card)}</CreatorCard>
        </li>
      ))}
    </ul>
  );
}

// In pixels: the space between rows, a row that was not measured yet, and how far beyond the window cards are rendered.
const gap = 16;
const usualHeight = 200;
const margin = 1_000;

/** Which cards of a grid are rendered, and the heights in pixels of what stands in for those above and below. */
function useShownCards(grid: RefObject<HTMLUListElement | null>, count: number) {
  const heights = useRef<number[]>([]);
  const [shown, setShown] = useState({ columns: 1, first: 0, end: longList, above: 0, below: Math.max(0, count - longList) * usualHeight });
  const isLong = count > longList;
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) {
      return;
    }

    const update = () => {
      const columns = getComputedStyle(element).gridTemplateColumns.split(' ').length;
      const rows = measured(element, columns, Math.ceil(count / columns), heights.current);
      if (isLong) {
        const top = element.getBoundingClientRect().top;
        const next = { columns, ...windowOf(rows, -top - margin, window.innerHeight - top + margin, focusedRow(element, columns)) };
        setShown((now) => (Object.entries(next).every(([name, value]) => now[name as keyof typeof now] === value) ? now : next));
      }
    };
    update();
    const scrolled = () => isLong && update();
    window.addEventListener('scroll', scrolled, { passive: true });
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', scrolled);
    };
  }, [grid, count, isLong]);
  return isLong
    ? { ...shown, first: shown.first * shown.columns, end: shown.end * shown.columns }
    : { first: 0, end: count, above: 0, below: 0 };
}

/** The heights of all rows, those that are rendered as they are now. */
function measured(grid: HTMLUListElement, columns: number, count: number, known: number[]): readonly number[] {
  for (const card of grid.querySelectorAll<HTMLElement>(':scope > li')) {
    known[Math.floor((Number(card.ariaPosInSet) - 1) / columns)] = card.offsetHeight;
  }

  return Array.from({ length: count }, (_, i) => (known[i] ?? usualHeight) + gap);
}

/** The rows between two heights, and on to the one with the focus, which would be lost with its card. */
function windowOf(rows: readonly number[], from: number, to: number, focused: number | undefined) {
  let [first, end, height] = [rows.length, 0, 0];
  rows.forEach((row, i) => {
    if ((height + row > from && height < to) || i === focused) {
      first = Math.min(first, i);
      end = i + 1;
    }

    height += row;
  });
  const sum = (part: readonly number[]) => part.reduce((total, row) => total + row, 0);
  return { first, end, above: sum(rows.slice(0, first)), below: sum(rows.slice(end)) };
}

function focusedRow(grid: HTMLUListElement, columns: number): number | undefined {
  const card = grid.querySelector<HTMLElement>('li:focus-within');
  return card ? Math.floor((Number(card.ariaPosInSet) - 1) / columns) : undefined;
}

export function GridSkeleton() {
  return (
    <div className={styles.grid} aria-hidden="true">
      {Array.from({ length: 12 }, (_, i) => (
        <CardSkeleton key={i} />
      ))}
    </div>
  );
}
