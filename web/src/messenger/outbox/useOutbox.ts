import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Outbox } from './Outbox';
import type { OutboxEntry } from './OutboxItem';

export const OutboxContext = createContext<Outbox | undefined>(undefined);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) {
    throw new Error('useOutbox is for components inside OutboxProvider.');
  }

  return outbox;
}

/** The unsent messages of all conversations. */
export function useOutboxEntries(): readonly OutboxEntry[] {
  const outbox = useOutbox();
  return useSyncExternalStore(
    (listener) => outbox.onChange(listener),
    () => outbox.entries(),
  );
}

/** The unsent messages of one conversation. */
export function useUnsent(connectionId: string): readonly OutboxEntry[] {
  const entries = useOutboxEntries();
  return useMemo(() => entries.filter((entry) => entry.connectionId === connectionId), [entries, connectionId]);
}
