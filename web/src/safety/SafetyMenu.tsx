import { Ban, Ellipsis, Flag, Unplug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { IconButton } from '../ui/IconButton';
import { Menu } from '../ui/Menu';
import { MenuItem } from '../ui/MenuItem';
import { BlockDialog } from './BlockDialog';
import { EndConnectionDialog } from './EndConnectionDialog';
import { ReportDialog } from './ReportDialog';
import type { NamedMember } from './useBlock';

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
