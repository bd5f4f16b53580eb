import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { CallersCard } from '@/api/types';
import { CardSkeleton, CreatorCard } from './CreatorCard';
import styles from './CreatorGrid.module.css';

// Of a longer list, only the cards near the window are rendered. A shorter one is whole, so that the browser finds text in it.
const longList = 72;

interface CreatorGridProps {
  readonly label: string;
  readonly cards: readonly CallersCard[];
  /** Whether these are the results of the previous search while the new one loads. */
  readonly old?: boolean;
}

/** A responsive grid of cards. */
export function CreatorGrid({ label, cards, old = false }: CreatorGridProps) {
  // A creator who moves up between two page reads is on both pages.
  const each = [...new Map(cards.map((card) => [card.id, card])).values()];
  const grid = useRef<HTMLUListElement>(null);
  const { first, end, above, below, columns, measure } = useShownCards(grid, each.length);
  return (
    <ul
      ref={grid}
      className={styles.grid}
      style={{ paddingTop: above, paddingBottom: below }}
      aria-label={label}
      aria-busy={old || undefined}
    >
      {each.slice(first, end).map((card, i) => (
        <li
          key={card.id}
          ref={(first + i) % columns === 0 ? measure : undefined}
          data-index={Math.floor((first + i) / columns)}
          aria-posinset={first + i + 1}
          aria-setsize={each.length}
        >
          <CreatorCard card={card} />
        </li>
      ))}
    </ul>
  );
}

const gap = 16;
const usualHeight = 220;
const extraRows = 4;

/** Which cards of a grid are rendered, and the heights in pixels of those above and below. */
function useShownCards(grid: RefObject<HTMLUListElement | null>, count: number) {
  const [{ columns, top }, setLayout] = useState({ columns: 1, top: 0 });
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) {
      return;
    }

    const observer = new ResizeObserver(() => {
      const next = {
        columns: getComputedStyle(element).gridTemplateColumns.split(' ').length,
        top: element.getBoundingClientRect().top + window.scrollY,
      };
      setLayout((now) => (now.columns === next.columns && now.top === next.top ? now : next));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count: Math.ceil(count / columns),
    estimateSize: () => usualHeight,
    gap,
    overscan: extraRows,
    scrollMargin: top,
    rangeExtractor: (range) => (count <= longList ? everyRow(range) : withFocused(range, grid.current)),
  });
  const rows = virtualizer.getVirtualItems();
  const [firstRow, lastRow] = [rows[0], rows.at(-1)];
  return {
    first: (firstRow?.index ?? 0) * columns,
    // Before the first measurement, the beginning, with room for the rest: on Back the browser scrolls to where the member was.
    end: lastRow === undefined ? longList : (lastRow.index + 1) * columns,
    above: firstRow === undefined ? 0 : firstRow.start - top,
    below: lastRow === undefined ? Math.max(0, count - longList) * usualHeight : virtualizer.getTotalSize() - (lastRow.end - top),
    columns,
    measure: virtualizer.measureElement,
  };
}

function everyRow({ count }: Range): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The rows near the window, and on to the one with the focus, which would be lost with its card. */
function withFocused(range: Range, grid: HTMLUListElement | null): number[] {
  const near = defaultRangeExtractor(range);
  const focused = grid?.querySelector<HTMLElement>('li:focus-within')?.dataset.index;
  const ends = focused === undefined ? near : [...near, Number(focused)];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
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
