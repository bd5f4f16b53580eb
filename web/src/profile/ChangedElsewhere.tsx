import { useEffect, useRef } from 'react';
import { Button } from '@/ui/Button';
import styles from './ChangedElsewhere.module.css';
import { differences } from './differences';
import type { ProfileDraft } from './draft';

interface ChangedElsewhereProps {
  /** The profile that was saved elsewhere. */
  readonly theirs: ProfileDraft;
  /** The profile as edited here. */
  readonly mine: ProfileDraft;
  readonly onTake: (edits: Partial<ProfileDraft>) => void;
  readonly onTakeAll: () => void;
  readonly onKeepMine: () => void;
}

/** Shows both versions if the profile was saved elsewhere since these edits began, so that neither is lost by accident. */
export function ChangedElsewhere({ theirs, mine, onTake, onTakeAll, onKeepMine }: ChangedElsewhereProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.panel} aria-labelledby="changed-elsewhere">
      <h2 id="changed-elsewhere" ref={heading} tabIndex={-1}>
        Your profile was changed elsewhere
      </h2>
      <p>
        In another tab or on another device, since you began to type here. Nothing of what you typed is lost. Take over what you like, and
        then go on.
      </p>
      <dl className={styles.differences}>
        {differences(theirs, mine).map(({ field, label, theirs: saved, mine: typed }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>
              <span className={styles.side}>Saved elsewhere</span>
              <bdi>{saved === '' ? '(empty)' : saved}</bdi>
              <Button size="small" aria-label={`Take this: ${label}`} onClick={() => onTake({ [field]: theirs[field] })}>
                Take this
              </Button>
            </dd>
            <dd>
              <span className={styles.side}>Typed here</span>
              <bdi>{typed === '' ? '(empty)' : typed}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button tone="main" onClick={onKeepMine}>
          Go on with what is typed here
        </Button>
        <Button onClick={onTakeAll}>Use the saved version, discard mine</Button>
      </div>
    </section>
  );
}
