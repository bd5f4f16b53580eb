import type { OutboxEntry } from '../outbox/OutboxItem';

/** Reads it out when messages could not be sent. */
export function UnsentAnnouncer({ unsent }: { readonly unsent: readonly OutboxEntry[] }) {
  const stuck = unsent.filter((entry) => entry.state !== 'sending').length;
  return (
    <p className="visually-hidden" role="status">
      {stuck === 0 ? '' : stuck === 1 ? 'A message of yours is not sent.' : `${stuck} messages of yours are not sent.`}
    </p>
  );
}
