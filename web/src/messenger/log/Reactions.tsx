import type { Message, ReactionKind } from '@/api/types';
import { reactionEmoji, reactionGroups, reactionKinds, reactionOf } from '@/messenger/history/reactions';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { closeMenu } from '@/ui/Menu';
import styles from './Reactions.module.css';

interface ReactionsProps {
  readonly message: Message;
  readonly me: string;
  readonly otherName: string;
  readonly isActive: boolean;
  /** Absent where nobody can react any more. */
  readonly onReact: ((message: Message, kind: ReactionKind) => void) | undefined;
}

/** The reactions below a message. A press adds the same one, or takes back one's own. */
export function Reactions({ message, me, otherName, isActive, onReact }: ReactionsProps) {
  const groups = reactionGroups(message);
  if (groups.length === 0) {
    return null;
  }

  return (
    <ul className={styles.reactions} aria-label={said.reactions}>
      {groups.map(({ kind, by }) => {
        const label = said.reactionFrom(
          said.reactionNames[kind],
          by.map((one) => (one === me ? texts.common.you : otherName)),
        );
        const content = (
          <>
            <span aria-hidden="true">{reactionEmoji[kind]}</span>
            {by.length > 1 && <span aria-hidden="true">{by.length}</span>}
          </>
        );
        return (
          <li key={kind}>
            {onReact ? (
              <button
                type="button"
                className={styles.chip}
                aria-pressed={by.includes(me)}
                aria-label={label}
                title={label}
                tabIndex={isActive ? 0 : -1}
                onClick={({ currentTarget }) => {
                  if (by.length === 1 && by.includes(me)) {
                    // The button goes with the last reaction of its kind. The keyboard goes on from the message.
                    currentTarget.closest('article')?.focus({ preventScroll: true });
                  }

                  onReact(message, kind);
                }}
              >
                {content}
              </button>
            ) : (
              <span className={styles.chip} role="img" aria-label={label} title={label}>
                {content}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ReactionPickerProps {
  readonly message: Message;
  readonly me: string;
  readonly onReact: (message: Message, kind: ReactionKind) => void;
}

/** The reactions to choose from, as a row of a message's menu. */
export function ReactionPicker({ message, me, onReact }: ReactionPickerProps) {
  const own = reactionOf(message, me);
  return (
    <li>
      <div className={styles.picker} role="group" aria-label={said.react}>
        {reactionKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={styles.choice}
            aria-pressed={kind === own}
            aria-label={said.reactionNames[kind]}
            title={said.reactionNames[kind]}
            onClick={(event) => {
              closeMenu(event);
              onReact(message, kind);
            }}
          >
            <span aria-hidden="true">{reactionEmoji[kind]}</span>
          </button>
        ))}
      </div>
    </li>
  );
}
