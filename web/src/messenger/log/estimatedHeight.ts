import type { LogRow } from './logRows';

const lineHeight = 22;
const bubblePadding = 20;
const meta = 24;
const separator = 48;
const startOfTalk = 200;
const characterWidth = 7.6;
const widestBubble = 560;
const bubbleShare = 0.78;
const aroundText = 60;

/** About how high a row is in a log of this width, in pixels, before it is measured: the nearer, the steadier the scroll bar. */
export function estimatedHeight(row: LogRow | undefined, width: number): number {
  if (!row || row.kind === 'start') {
    return startOfTalk;
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
