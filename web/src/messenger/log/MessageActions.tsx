import { Copy, Ellipsis, Flag, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Message } from '@/api/types';
import { useMe } from '@/members/useMe';
import { isChangeable } from '@/messenger/history/history';
import { useLimits } from '@/session/useSession';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { useCopy } from '@/ui/toasts';
import styles from './Message.module.css';

interface MessageActionsProps {
  readonly message: Message;
  readonly own: boolean;
  readonly isActive: boolean;
  readonly canChange: boolean;
  readonly onEdit: (message: Message) => void;
  readonly onDelete: (message: Message) => void;
  readonly onReport: (message: Message) => void;
}

/** The menu of a message. */
export function MessageActions({ message, own, isActive, canChange, onEdit, onDelete, onReport }: MessageActionsProps) {
  const { id: me } = useMe();
  const { editSeconds } = useLimits();
  const copy = useCopy();
  // The items are created on opening, because there are as many menus as messages.
  const [openedAt, setOpenedAt] = useState<number>();
  const changeable = canChange && openedAt !== undefined && isChangeable(message, me, openedAt, editSeconds);
  return (
    <span className={styles.actions}>
      <Menu
        trigger={(opens) => (
          <IconButton
            label={own ? said.aboutYours : said.about}
            icon={Ellipsis}
            size="small"
            tabIndex={isActive ? 0 : -1}
            onClick={() => setOpenedAt(serverNow())}
            {...opens}
          />
        )}
      >
        {openedAt !== undefined && (
          <>
            {changeable && (
              <MenuItem icon={Pencil} onSelect={() => onEdit(message)}>
                {said.edit}
              </MenuItem>
            )}
            {message.text !== '' && (
              <MenuItem icon={Copy} onSelect={() => void copy(message.text)}>
                {said.copy}
              </MenuItem>
            )}
            {changeable && (
              <MenuItem icon={Trash2} tone="danger" onSelect={() => onDelete(message)}>
                {said.deleteAsk}
              </MenuItem>
            )}
            {!own && (
              <MenuItem icon={Flag} onSelect={() => onReport(message)}>
                {texts.common.reportAsk}
              </MenuItem>
            )}
          </>
        )}
      </Menu>
    </span>
  );
}
