import { type KeyboardEvent, type SubmitEvent, useRef } from 'react';
import type { Card } from '@/api/types';
import { useInvite } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { insertText } from '@/savedTexts/insertText';
import { SavedTextsMenu } from '@/savedTexts/SavedTextsMenu';
import { draftKey, useDraft } from '@/session/drafts';
import { useLimits } from '@/session/useSession';
import { invitesTexts } from '@/texts/invites';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { useCoarsePointer } from '@/ui/environment';
import { charactersIn, TextArea } from '@/ui/Field';
import { isEnter } from '@/ui/keyboard';

const said = invitesTexts;

/** Sends an invite with an optional note. */
export function InviteDialog({ to, onClose }: { readonly to: Pick<Card, 'id' | 'displayName'>; readonly onClose: () => void }) {
  const [note, setNote] = useDraft(draftKey(useMe().id, 'note', to.id));
  const field = useRef<HTMLTextAreaElement>(null);
  const invite = useInvite();
  const coarse = useCoarsePointer();
  const { note: maxLength } = useLimits();
  const length = charactersIn(note);
  const tooLong = length > maxLength;
  const send = () => {
    if (!tooLong) {
      invite.mutate({ to, note: note.trim() });
      onClose();
    }
  };
  return (
    <Dialog title={said.invite(isolated(to.displayName))} onClose={onClose}>
      <p>{said.inviteMeans}</p>
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <TextArea
          ref={field}
          label={said.note}
          hint={coarse ? said.noteHint : said.noteHintKeys}
          data-first
          dir="auto"
          limit={maxLength}
          value={note}
          error={tooLong ? said.noteTooLong(length, maxLength) : undefined}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (isEnter(event) && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            }
          }}
        />
        <DialogActions>
          <SavedTextsMenu typed={note} onInsert={(saved) => insertText(field.current, saved)} />
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button type="submit" tone="main" disabled={tooLong}>
            {texts.relation.inviteToConnect}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
