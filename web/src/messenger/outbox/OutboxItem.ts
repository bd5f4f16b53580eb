import type { Problem } from '../../api/problem';

/** A message that is not sent yet. */
export interface OutboxItem {
  readonly connectionId: string;
  /** The same however often it is sent, so that it is stored once. */
  readonly clientId: string;
  readonly text: string;
  /** When it was written, in milliseconds; messages are sent in this order. */
  readonly at: number;
  /** Why the server does not take it: it is not sent again by itself. */
  readonly refused?: string;
}

/** How it is with a message that is not sent yet. */
export type OutboxEntry = OutboxItem & {
  /** `sending`: it goes out now; `waiting`: it does by itself, later; `refused`: only when the member says so. */
  readonly state: 'sending' | 'waiting' | 'refused';
  /** While it waits: for what. */
  readonly waitsFor?: Problem;
};
