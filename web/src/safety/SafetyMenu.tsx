import { Ban, Ellipsis, Flag, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type ConnectionTarget, useRemove } from '@/contacts/useConnectionActions';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { BlockDialog, type NamedMember } from './BlockDialog';
import { ReportDialog } from './ReportDialog';

interface SafetyMenuProps {
  readonly member: NamedMember;
  /** The connection, where the two are connected: then it can be ended here. */
  readonly connectionId?: string | undefined;
  readonly size?: 'normal' | 'small';
  /** What else can be done about the member, before all of that. */
  readonly children?: ReactNode;
}

/** What one can do to be left alone by somebody: end the connection, block, report. */
export function SafetyMenu({ member, connectionId, size = 'normal', children }: SafetyMenuProps) {
  const [asking, setAsking] = useState<'end' | 'block' | 'report'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu trigger={(opens) => <IconButton label={`More about ${member.displayName}`} icon={Ellipsis} size={size} {...opens} />}>
        {children}
        {connectionId !== undefined && (
          <MenuItem icon={Unplug} onSelect={() => setAsking('end')}>
            End connection…
          </MenuItem>
        )}
        <MenuItem icon={Ban} onSelect={() => setAsking('block')}>
          Block…
        </MenuItem>
        <MenuItem icon={Flag} onSelect={() => setAsking('report')}>
          Report…
        </MenuItem>
      </Menu>
      {asking === 'end' && connectionId !== undefined && <EndConnectionDialog target={{ connectionId, other: member }} onClose={close} />}
      {asking === 'block' && <BlockDialog member={member} onClose={close} />}
      {asking === 'report' && <ReportDialog target={{ memberId: member.id }} member={member} onClose={close} />}
    </>
  );
}

/** Asks before a connection is ended, and says what that does. */
export function EndConnectionDialog({ target, onClose }: { readonly target: ConnectionTarget; readonly onClose: () => void }) {
  const remove = useRemove();
  return (
    <ConfirmDialog
      title={`End your connection with ${target.other.displayName}?`}
      confirm="End connection"
      tone="danger"
      onConfirm={() => {
        remove.mutate(target);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        Neither of you can read or write in your conversation from then on. They see that it ended. To talk again, one of you has to invite
        the other.
      </p>
    </ConfirmDialog>
  );
}
