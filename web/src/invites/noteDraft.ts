/** The name of the draft of a note to somebody. It is kept until the invite is sent: a refusal or a closed dialog loses nothing. */
export function noteDraft(creatorId: string): string {
  return `note.${creatorId}`;
}
