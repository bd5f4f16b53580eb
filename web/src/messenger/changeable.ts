import type { Message } from '../api/types';

/** Whether a member can still edit and delete a message, which is allowed for so many seconds after it was sent. */
export function isChangeable(message: Message, me: string, now: number, editSeconds: number): boolean {
  return message.from === me && !message.deleted && now - Date.parse(message.sentAt) < editSeconds * 1000;
}
