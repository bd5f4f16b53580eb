import { type Api, body } from '@/api/client';
import type { Message, Page } from '@/api/types';
import { hasGap, type History, noHistory, withMessages } from './history';

const perPage = 100;
// Past this, what was known is let go instead: one scrolls up to it when one wants it.
const maxPages = 5;

/**
 * Reads a conversation: its newest messages, going back to what is known, and over what may have changed since that was read.
 * @param known what is known when it begins.
 * @param editSeconds for how long after it was sent a message can change.
 * @param reach the message to go back to where nothing is known: the first unread one.
 * @returns what it has read; it may no longer join up with what was known.
 */
export async function readNewest(
  api: Api,
  connectionId: string,
  known: History | undefined,
  editSeconds: number,
  reach: number,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const last = known?.messages.at(-1);
  const unchanged = (known?.readAt ?? 0) - editSeconds * 1000;
  const enough = (oldest: Message) => (last ? oldest.seq <= last.seq + 1 && Date.parse(oldest.sentAt) < unchanged : oldest.seq <= reach);
  const read: Message[] = [];
  let page: Page<Message> = body(
    await api.calls.GET('/api/connections/{id}/messages', { params: { path: { id: connectionId }, query: { limit: perPage } }, signal }),
  );
  for (let pages = 1; ; pages++) {
    read.push(...page.value);
    const oldest = page.value.at(-1);
    if (!oldest || page.nextLink === undefined || enough(oldest) || pages === maxPages) {
      return read;
    }

    page = await api.follow<Message>(page.nextLink, signal);
  }
}

/** The page of messages before one. */
export async function readOlder(api: Api, connectionId: string, before: number): Promise<readonly Message[]> {
  return body(
    await api.calls.GET('/api/connections/{id}/messages', { params: { path: { id: connectionId }, query: { before, limit: perPage } } }),
  ).value;
}

/** What is known after reading the newest messages. */
export function mergeHistory(known: History | undefined, read: readonly Message[], readAt: number): History {
  const whole = withMessages(known ?? noHistory, read);
  return { ...(hasGap(whole) ? withMessages(noHistory, read) : whole), readAt };
}
