import type { Contact } from '../../api/types';
import { plain } from './plain';

/** The connections with somebody whose name has words that begin with each of those that are searched for. */
export function named(contacts: readonly Contact[], search: string): readonly Contact[] {
  const wanted = plain(search).split(/\s+/u).filter(Boolean);
  return wanted.length === 0
    ? contacts
    : contacts.filter(({ other }) => {
        const words = plain([other.displayName, other.handle, other.organisation].join(' ')).split(/[\s@._-]+/u);
        return wanted.every((part) => words.some((word) => word.startsWith(part)));
      });
}
