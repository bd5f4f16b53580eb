import { useEffect, useRef } from 'react';
import { accountTexts } from '@/texts/account';
import { Button } from '@/ui/Button';
import styles from './ChangedElsewhere.module.css';
import { differences } from './differences';
import type { ProfileDraft } from './draft';

const said = accountTexts.profile;

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
        {said.elsewhere}
      </h2>
      <p>{said.elsewhereWhat}</p>
      <dl className={styles.differences}>
        {differences(theirs, mine).map(({ field, label, theirs: saved, mine: typed }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>
              <span className={styles.side}>{said.elsewhereSaved}</span>
              <bdi>{saved === '' ? said.empty : saved}</bdi>
              <Button size="small" aria-label={said.elsewhereTakeOf(label)} onClick={() => onTake({ [field]: theirs[field] })}>
                {said.elsewhereTake}
              </Button>
            </dd>
            <dd>
              <span className={styles.side}>{said.elsewhereTyped}</span>
              <bdi>{typed === '' ? said.empty : typed}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button tone="main" onClick={onKeepMine}>
          {said.elsewhereKeep}
        </Button>
        <Button onClick={onTakeAll}>{said.elsewhereDiscard}</Button>
      </div>
    </section>
  );
}
