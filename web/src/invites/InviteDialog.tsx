import type { KeyboardEvent, SubmitEvent } from 'react';
import type { Card } from '@/api/types';
import { useInvite } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { draftKey, useDraft } from '@/session/drafts';
import { useLimits } from '@/session/useSession';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { useCoarsePointer } from '@/ui/environment';
import { charactersIn, TextArea } from '@/ui/Field';
import { isEnter } from '@/ui/keyboard';
import styles from './InviteDialog.module.css';

/** Sends an invite with an optional note. */
export function InviteDialog({ to, onClose }: { readonly to: Pick<Card, 'id' | 'displayName'>; readonly onClose: () => void }) {
  const [note, setNote] = useDraft(draftKey(useMe().id, 'note', to.id));
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
    <Dialog title={`Invite ${isolated(to.displayName)}`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <p>They get an email and can accept or decline. Once they accept, you can chat. It commits neither of you to a campaign.</p>
        <TextArea
          label="A note (optional)"
          hint={coarse ? 'Why you would like to talk.' : 'Why you would like to talk. Ctrl+Enter sends.'}
          data-first
          dir="auto"
          limit={maxLength}
          value={note}
          error={tooLong ? `Has ${length} characters; at most ${maxLength} are allowed.` : undefined}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (isEnter(event) && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            }
          }}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="main" disabled={tooLong}>
            Invite to connect
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
