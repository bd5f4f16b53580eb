import { type Api, body } from '@/api/client';
import type { Message, Page } from '@/api/types';
import { hasGap, type History, noHistory, withMessages } from './history';

const perPage = 100;
// Beyond this, the known messages are dropped. Scrolling up loads them again.
const maxPages = 5;

/**
 * Reads the newest messages of a conversation, back to the known ones; over all of those, if they are outdated.
 *
 * @param known the messages known at the start.
 * @param reach if nothing is known, the message to read back to: the first unread one.
 * @returns the messages read, which may not join the known ones.
 */
export async function readNewest(
  api: Api,
  connectionId: string,
  known: History | undefined,
  reach: number,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const [first, last] = [known?.messages[0], known?.messages.at(-1)];
  const backTo = known?.isOutdated ? first?.seq : last && last.seq + 1;
  const enough = (oldest: Message) => oldest.seq <= (backTo ?? reach);
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

// Pages that are read at once.
const parallel = 4;

/** The messages from one on to another, which is left out. Numbers have no gaps, so that the pages are known before they are read. */
export async function readBetween(api: Api, connectionId: string, from: number, before: number): Promise<readonly Message[]> {
  const starts = Array.from({ length: Math.ceil((before - from) / perPage) }, (_, i) => before - i * perPage);
  const read: Message[] = [];
  for (let i = 0; i < starts.length; i += parallel) {
    const pages = await Promise.all(starts.slice(i, i + parallel).map((start) => readOlder(api, connectionId, start)));
    read.push(...pages.flat());
  }

  return read;
}

/** Merges the newest messages into the known ones. Drops the known ones if there is a gap. */
export function mergeHistory(known: History | undefined, read: readonly Message[]): History {
  const whole = withMessages(known ?? noHistory, read);
  return { ...(hasGap(whole) ? withMessages(noHistory, read) : whole), isOutdated: false };
}
