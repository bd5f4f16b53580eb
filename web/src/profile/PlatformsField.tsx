import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/Button';
import { Panel } from '../ui/Panel';
import { useRowFocus } from '../ui/useRowFocus';
import { labels } from './differences';
import { anotherPlatform, type PlatformDraft } from './draft';
import { errorOf, type FormPart } from './form';
import { PlatformFields } from './PlatformFields';
import styles from './PlatformsField.module.css';

const most = 10;

/** Where a creator is followed. */
export function PlatformsField({ draft, errors, edit }: FormPart) {
  const { platforms } = draft;
  const list = useRowFocus<HTMLDivElement>();
  const added = useRef<number>(undefined);
  useEffect(() => {
    if (added.current !== undefined) {
      list.current?.querySelector<HTMLElement>(`[data-row="${added.current}"] select`)?.focus();
      added.current = undefined;
    }
  }, [platforms, list]);
  const change = (platform: PlatformDraft, changes: Partial<PlatformDraft>) =>
    edit({ platforms: platforms.map((other) => (other === platform ? { ...other, ...changes } : other)) });
  const add = () => {
    const platform = anotherPlatform(platforms);
    added.current = platform.key;
    edit({ platforms: [...platforms, platform] });
  };
  const error = errorOf(errors, 'platforms');
  return (
    <Panel>
      <div>
        <h2>{labels.platforms}</h2>
        <p className={styles.hint}>Where you are followed. Your card shows the numbers of the largest.</p>
      </div>
      <div ref={list} className={styles.platforms}>
        {platforms.map((platform, i) => (
          <div key={platform.key} data-row={platform.key}>
            <PlatformFields
              platform={platform}
              number={i + 1}
              errors={errors}
              prefix={`platforms[${i}]`}
              onChange={(changes) => change(platform, changes)}
              onRemove={() => edit({ platforms: platforms.filter((other) => other !== platform) })}
            />
          </div>
        ))}
        <div>
          <Button
            icon={Plus}
            data-no-rows
            data-invalid={error === undefined ? undefined : true}
            disabled={platforms.length >= most}
            onClick={add}
          >
            Add a platform
          </Button>
        </div>
        {error !== undefined && (
          <p role="alert" className={styles.error}>
            {error}
          </p>
        )}
        {platforms.length >= most && <p className={styles.hint}>These are all {most}.</p>}
      </div>
    </Panel>
  );
}
