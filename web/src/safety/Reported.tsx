import { Button } from '../ui/Button';
import { DialogActions } from '../ui/Dialog';
import type { NamedMember } from './useBlock';

/** What happens now that something was reported, and what else one can do. */
export function Reported({
  member,
  onBlock,
  onClose,
}: {
  readonly member: NamedMember;
  readonly onBlock: () => void;
  readonly onClose: () => void;
}) {
  return (
    <>
      <p>Our support has got your report, and reads each one. {member.displayName} is not told.</p>
      <p>If you want to hear nothing more of them, you can block them too.</p>
      <DialogActions>
        <Button onClick={onBlock}>Block…</Button>
        <Button tone="main" data-first onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
