import { useEffect } from 'react';
import { rows } from '../api/queries';
import { useConnections } from '../connections/useConnections';
import { titleStore } from '../ui/titleStore';

/** How many messages are unread in all conversations; the browser's title says it too. What is unread is recent, so the first page has it. */
export function useUnreadCount(): number {
  const connections = useConnections();
  const unread = rows(connections.data).reduce((sum, contact) => sum + contact.unread, 0);
  useEffect(() => {
    titleStore.unread(unread);
    return () => titleStore.unread(0);
  }, [unread]);
  return unread;
}
