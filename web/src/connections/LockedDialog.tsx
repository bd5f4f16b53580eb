import type { Card } from '../api/types';
import { Button } from '../ui/Button';
import { Dialog, DialogActions } from '../ui/Dialog';
import { exactly } from '../ui/Time';

/** Why somebody cannot be invited for now, and from when they can. */
export function LockedDialog({
  member,
  until,
  onClose,
}: {
  readonly member: Pick<Card, 'displayName'>;
  readonly until: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={`You cannot invite ${member.displayName} for now`} onClose={onClose}>
      <p>
        Your last invite to them was declined, or you took it back.{' '}
        {until === undefined ? 'You can invite them again later.' : <>You can invite them again from {exactly(until)}.</>} If they invite
        you before that, you can answer.
      </p>
      <DialogActions>
        <Button tone="main" data-first onClick={onClose}>
          All right
        </Button>
      </DialogActions>
    </Dialog>
  );
}
