import { Ban, Ellipsis, Flag, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type ConnectionTarget, useRemove } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { BlockDialog, type NamedMember } from './BlockDialog';
import { ReportDialog } from './ReportDialog';

interface SafetyMenuProps {
  readonly member: NamedMember;
  /** The connection, if there is one. It can be ended here. */
  readonly connectionId?: string | undefined;
  readonly size?: 'normal' | 'small';
  /** Further items, before the others. */
  readonly children?: ReactNode;
}

/** A menu with the ways to be left alone by a member: end the connection, block, or report. */
export function SafetyMenu({ member, connectionId, size = 'normal', children }: SafetyMenuProps) {
  const [asking, setAsking] = useState<'end' | 'block' | 'report'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu trigger={(opens) => <IconButton label={`More about ${isolated(member.displayName)}`} icon={Ellipsis} size={size} {...opens} />}>
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

/** Asks before a connection is ended, and explains what it does. */
function EndConnectionDialog({ target, onClose }: { readonly target: ConnectionTarget; readonly onClose: () => void }) {
  const remove = useRemove();
  return (
    <ConfirmDialog
      title={`End your connection with ${isolated(target.other.displayName)}?`}
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
