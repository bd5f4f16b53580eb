import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LogRow } from './logRows';

/** The log's own virtualizer. */
export type LogVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;

const endThreshold = 60;
const extraRows = 12;
// Older messages are read before anybody gets to the first one here.
const nearStart = 15;

/**
 * Where in the log one is. It opens at the first new message, otherwise at the end; stays at the end while one is there, whatever
 * comes or grows; and stays with what one reads while one is elsewhere, whatever comes before it.
 */
export function useLogScroll(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly LogRow[],
  active: string | undefined,
  onAtEnd: (atEnd: boolean) => void,
) {
  const [placed, setPlaced] = useState(false);
  const last = rows.at(-1);
  // No compiler memoizes here that this could mislead.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatedHeight(rows[index], scroller.current?.clientWidth ?? 0),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: extraRows,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    paddingStart: 16,
    paddingEnd: 12,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      // What has the keyboard's focus stays on the page.
      const focused = active === undefined ? -1 : rows.findIndex((row) => row.key === active);
      return focused < 0 || indexes.includes(focused) ? indexes : [...indexes, focused].sort((a, b) => a - b);
    },
  });
  const atEnd = placed && virtualizer.isAtEnd();

  const hasRows = rows.length > 0;
  useLayoutEffect(() => {
    if (hasRows) {
      const firstNew = rows.findIndex((row) => row.kind === 'message' && row.startsNew);
      if (firstNew >= 0) {
        virtualizer.scrollToIndex(firstNew, { align: 'start' });
      } else {
        virtualizer.scrollToEnd();
      }

      setPlaced(true);
    }
    // Once: from then on the log goes its own way.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hasRows]);

  // What one sends oneself one sees, wherever one was.
  const ownKey = last?.kind === 'waiting' ? last.key : undefined;
  useLayoutEffect(() => {
    if (ownKey !== undefined) {
      virtualizer.scrollToEnd();
    }
  }, [ownKey, virtualizer]);

  // The composer grows, or a keyboard comes up: the end stays in view.
  const wasAtEnd = useRef(atEnd);
  useEffect(() => {
    wasAtEnd.current = atEnd;
    onAtEnd(atEnd);
  }, [atEnd, onAtEnd]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }

    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) {
        virtualizer.scrollToEnd();
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, virtualizer]);

  return { virtualizer, atEnd: atEnd || !placed, isNearStart: placed && (virtualizer.range?.startIndex ?? nearStart) < nearStart };
}

const lineHeight = 22;
const bubblePadding = 20;
const meta = 24;
const separator = 48;
const conversationStart = 200;
const characterWidth = 7.6;
const widestBubble = 560;
const bubbleShare = 0.78;
const aroundText = 60;

/** About how high a row is in a log of this width, in pixels, before it is measured: the nearer, the steadier the scroll bar. */
export function estimatedHeight(row: LogRow | undefined, width: number): number {
  if (!row || row.kind === 'start') {
    return conversationStart;
  }

  const text = row.kind === 'message' ? row.message.text : row.entry.text;
  const perLine = Math.max(10, (Math.min(width * bubbleShare, widestBubble) - aroundText) / characterWidth);
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  return (
    lines * lineHeight +
    bubblePadding +
    (row.endsGroup ? meta : 2) +
    (row.startsDay ? separator : 0) +
    (row.kind === 'message' && row.startsNew ? separator : 0)
  );
}
