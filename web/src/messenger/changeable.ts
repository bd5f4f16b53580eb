import type { Message } from '../api/types';

/** How long after it was sent a message can be edited and deleted, unless the service is set otherwise; it has the last word. */
export const changeableFor = 15 * 60_000;

/** Whether a member can still edit and delete a message. */
export function isChangeable(message: Message, me: string, now: number): boolean {
  return message.from === me && !message.deleted && now - Date.parse(message.sentAt) < changeableFor;
}
