import { Avatar } from '../ui/Avatar';
import type { DevelopmentMember } from './development';
import styles from './DevelopmentMembers.module.css';

/** A demo member, as the local host offers them. */
export interface OfferedMember {
  readonly id: string;
  readonly displayName: string;
  readonly kind: string;
  readonly email: string;
}

/** Demo members to sign in as. */
export function MemberButtons({
  members,
  onChoose,
}: {
  readonly members: readonly OfferedMember[];
  readonly onChoose: (member: DevelopmentMember) => void;
}) {
  return (
    <ul className={styles.members}>
      {members.map(({ id, displayName, kind, email }) => (
        <li key={id}>
          <button type="button" className={styles.member} onClick={() => onChoose({ sub: id, email, name: displayName })}>
            <Avatar name={displayName} url={`/dev/avatars/${id}.svg`} size={40} />
            <span>
              <span className={styles.name} dir="auto">
                {displayName}
              </span>
              <span className={styles.kind}>
                {kind} · {id}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
