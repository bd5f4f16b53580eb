import { Copy, Ellipsis, Flag, Pencil, Reply, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Message, ReactionKind } from '@/api/types';
import { useMe } from '@/members/useMe';
import { isChangeable } from '@/messenger/history/history';
import { useLimits } from '@/session/useSession';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { useCopy } from '@/ui/toasts';
import styles from './Message.module.css';
import { ReactionPicker } from './Reactions';

interface MessageActionsProps {
  readonly message: Message;
  readonly own: boolean;
  readonly isActive: boolean;
  readonly canChange: boolean;
  /** Absent where the two cannot talk any more. */
  readonly onReply: ((message: Message) => void) | undefined;
  readonly onReact: ((message: Message, kind: ReactionKind) => void) | undefined;
  readonly onEdit: (message: Message) => void;
  readonly onDelete: (message: Message) => void;
  readonly onReport: (message: Message) => void;
}

/** The menu of a message. */
export function MessageActions({ message, own, isActive, canChange, onReply, onReact, onEdit, onDelete, onReport }: MessageActionsProps) {
  const { id: me } = useMe();
  const { editSeconds } = useLimits();
  const copy = useCopy();
  // The items are created on opening, because there are as many menus as messages.
  const [openedAt, setOpenedAt] = useState<number>();
  const changeable = canChange && openedAt !== undefined && isChangeable(message, me, openedAt, editSeconds);
  return (
    <span className={styles.actions}>
      {onReply && (
        <IconButton
          label={said.reply}
          icon={Reply}
          size="small"
          className={styles.quick}
          tabIndex={isActive ? 0 : -1}
          onClick={() => onReply(message)}
        />
      )}
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
            {onReact && <ReactionPicker message={message} me={me} onReact={onReact} />}
            {onReply && (
              <MenuItem icon={Reply} onSelect={() => onReply(message)}>
                {said.reply}
              </MenuItem>
            )}
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
