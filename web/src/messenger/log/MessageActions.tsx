import { Copy, Ellipsis, Flag, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Message } from '../../api/types';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/Menu';
import { MenuItem } from '../../ui/MenuItem';
import { useToasts } from '../../ui/toasts';
import styles from './Message.module.css';

// The server decides; after this it certainly refuses, unless it is set to allow longer.
const changeableFor = 15 * 60_000;

interface MessageActionsProps {
  readonly message: Message;
  readonly own: boolean;
  readonly isActive: boolean;
  readonly canChange: boolean;
  readonly onEdit: (message: Message) => void;
  readonly onDelete: (message: Message) => void;
  readonly onReport: (message: Message) => void;
}

/** What can be done with a message. */
export function MessageActions({ message, own, isActive, canChange, onEdit, onDelete, onReport }: MessageActionsProps) {
  const toasts = useToasts();
  // Its rows are made when it is opened: there are as many menus as messages.
  const [openedAt, setOpenedAt] = useState<number>();
  const isChangeable = own && canChange && openedAt !== undefined && openedAt - Date.parse(message.sentAt) < changeableFor;
  const copy = () =>
    navigator.clipboard.writeText(message.text).then(
      () => toasts.done('Copied'),
      () => toasts.refuse('The text was not copied', 'This browser does not let the page copy. Select the text and copy it yourself.'),
    );
  return (
    <span className={styles.actions}>
      <Menu
        trigger={(opens) => (
          <IconButton
            label={own ? 'More about your message' : 'More about this message'}
            icon={Ellipsis}
            size="small"
            tabIndex={isActive ? 0 : -1}
            onClick={() => setOpenedAt(Date.now())}
            {...opens}
          />
        )}
      >
        {openedAt !== undefined && (
          <>
            {isChangeable && (
              <MenuItem icon={Pencil} onSelect={() => onEdit(message)}>
                Edit
              </MenuItem>
            )}
            <MenuItem icon={Copy} onSelect={() => void copy()}>
              Copy text
            </MenuItem>
            {isChangeable && (
              <MenuItem icon={Trash2} tone="danger" onSelect={() => onDelete(message)}>
                Delete…
              </MenuItem>
            )}
            {!own && (
              <MenuItem icon={Flag} onSelect={() => onReport(message)}>
                Report…
              </MenuItem>
            )}
          </>
        )}
      </Menu>
    </span>
  );
}
