import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { filesHeight } from '@/messenger/files/fileHeight';
import type { LogRow } from './logRows';

export type LogVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;

const endThreshold = 60;
const extraRows = 12;
// Older messages are loaded before the member reaches the first one.
const nearStart = 15;

/**
 * The scroll position of the log. It opens at the first new message, or at the end. At the end it stays there when messages arrive or grow;
 * elsewhere it keeps the message in view when older ones are loaded.
 */
export function useLogScroll(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly LogRow[],
  active: string | undefined,
  onAtEnd: (atEnd: boolean) => void,
) {
  const [placed, setPlaced] = useState(false);
  const last = rows.at(-1);
  // Safe, because the React compiler is not used.
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
      // Keeps the focused row rendered.
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
    // Only once: afterwards the log manages its position itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hasRows]);

  // Sending a message scrolls to it.
  const ownKey = last?.kind === 'waiting' ? last.key : undefined;
  useLayoutEffect(() => {
    if (ownKey !== undefined) {
      virtualizer.scrollToEnd();
    }
  }, [ownKey, virtualizer]);

  // Keeps the end in view when the composer grows or an on-screen keyboard opens.
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
const quote = 50;
const reactions = 18;
const conversationStart = 200;
const characterWidth = 7.6;
const widestBubble = 560;
const widestPicture = 320;
const bubbleShare = 0.78;
const aroundText = 60;

/** The estimated height of a row in pixels, until it is measured. A closer estimate keeps the scroll bar steadier. */
function estimatedHeight(row: LogRow | undefined, width: number): number {
  if (!row || row.kind === 'start') {
    return conversationStart;
  }

  const { text, files = [], quote: quoted } = row.kind === 'message' ? row.message : row.entry;
  // Of files, pictures have a width in pixels.
  const widest = files.some((file) => file.width !== undefined) ? widestPicture : widestBubble;
  const perLine = Math.max(10, (Math.min(width * bubbleShare, widest) - aroundText) / characterWidth);
  const lines =
    text === '' && files.length > 0 ? 0 : text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
  return (
    lines * lineHeight +
    filesHeight(files, width) +
    bubblePadding +
    (quoted ? quote : 0) +
    (row.kind === 'message' && row.message.reactions ? reactions : 0) +
    (row.endsGroup ? meta : 2) +
    (row.startsDay ? separator : 0) +
    (row.kind === 'message' && row.startsNew ? separator : 0)
  );
}
