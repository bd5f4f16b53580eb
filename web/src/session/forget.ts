/** What a member typed and did not send yet is kept under this, so that a reload loses nothing. */
export const draftPrefix = 'connections.draft.';

/** Forgets what was typed and not sent: the next person at this browser must not read it. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(draftPrefix))) {
    localStorage.removeItem(key);
  }
}
