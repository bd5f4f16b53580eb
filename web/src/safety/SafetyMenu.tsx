import { Ban, Ellipsis, Flag, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type ConnectionTarget, useRemove } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { BlockDialog, type NamedMember } from './BlockDialog';
import { ReportDialog } from './ReportDialog';

const said = safetyTexts;

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
      <Menu trigger={(opens) => <IconButton label={said.moreAbout(isolated(member.displayName))} icon={Ellipsis} size={size} {...opens} />}>
        {children}
        {connectionId !== undefined && (
          <MenuItem icon={Unplug} onSelect={() => setAsking('end')}>
            {said.endAsk}
          </MenuItem>
        )}
        <MenuItem icon={Ban} onSelect={() => setAsking('block')}>
          {texts.common.blockAsk}
        </MenuItem>
        <MenuItem icon={Flag} onSelect={() => setAsking('report')}>
          {texts.common.reportAsk}
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
      title={said.endOf(isolated(target.other.displayName))}
      confirm={said.end}
      tone="danger"
      onConfirm={() => {
        remove.mutate(target);
        onClose();
      }}
      onClose={onClose}
    >
      <p>{said.endMeans}</p>
    </ConfirmDialog>
  );
}
