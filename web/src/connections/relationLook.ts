import { Clock, ClockAlert, MailQuestionMark, MessageCircle, Plus, type LucideIcon } from 'lucide-react';
import type { Relation } from '../api/types';
import { exactly } from '../ui/Time';

/** How the button for what is between two members looks. */
export interface RelationLook {
  readonly icon: LucideIcon;
  /** All of it, with the name, for those who do not see the card around it. */
  readonly label: string;
  /** The words on it where there is room for words. */
  readonly words: string;
  readonly tone: 'main' | 'plain' | 'quiet';
}

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export function lookOf({ state, until, connectionId }: Relation, name: string): RelationLook {
  switch (state) {
    case 'none':
      return { icon: Plus, label: `Invite ${name} to connect`, words: 'Invite to connect', tone: 'main' };
    case 'invited':
      return connectionId === undefined
        ? { icon: Clock, label: `Inviting ${name}`, words: 'Inviting…', tone: 'plain' }
        : { icon: Clock, label: `${name} is invited: take the invite back`, words: 'Invited', tone: 'plain' };
    case 'received':
      return { icon: MailQuestionMark, label: `Answer the invite of ${name}`, words: 'Answer the invite', tone: 'main' };
    case 'connected':
      return { icon: MessageCircle, label: `Chat with ${name}`, words: 'Chat', tone: 'main' };
    case 'locked':
      return {
        icon: ClockAlert,
        label: `You cannot invite ${name} ${until === undefined ? 'for now' : `until ${exactly(until)}`}`,
        words: until === undefined ? 'Not for now' : `Invite again from ${day.format(new Date(until))}`,
        tone: 'quiet',
      };
  }
}
