import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { platformName, platformNames } from '@/members/names';
import { accountTexts } from '@/texts/account';
import { language, texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { SelectField, TextField } from '@/ui/Field';
import { useRowFocus } from '@/ui/focus';
import { IconButton } from '@/ui/IconButton';
import { Panel } from '@/ui/Page';
import { labels } from './differences';
import { anotherPlatform, type PlatformDraft } from './draft';
import styles from './PlatformsField.module.css';
import { errorOf, type FormPart, type FieldErrors } from './readDraft';

const said = accountTexts.profile;

const most = 10;

/** A creator's platforms. */
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
        <p className="hint">{said.platformsHint}</p>
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
            {said.platformAdd}
          </Button>
        </div>
        {error !== undefined && (
          <p role="alert" className="field-error">
            {error}
          </p>
        )}
        {platforms.length >= most && <p className="hint">{said.platformsFull(most)}</p>}
      </div>
    </Panel>
  );
}

interface PlatformFieldsProps {
  readonly platform: PlatformDraft;
  /** The position, counted from 1. */
  readonly number: number;
  readonly errors: FieldErrors;
  /** The prefix of its fields in the errors. */
  readonly prefix: string;
  readonly onChange: (changes: Partial<PlatformDraft>) => void;
  readonly onRemove: () => void;
}

const options = platformNames.map((value) => ({ value, name: platformName(value) })).sort((a, b) => a.name.localeCompare(b.name, language));

/** One platform of a creator. */
function PlatformFields({ platform, number, errors, prefix, onChange, onRemove }: PlatformFieldsProps) {
  const called = platform.name === '' ? said.platformNumber(number) : platformName(platform.name);
  // Keeps a platform that is newer than this page.
  const offered =
    platform.name === '' || platformNames.includes(platform.name) ? options : [{ value: platform.name, name: called }, ...options];
  const field = (name: 'handle' | 'followers' | 'engagement' | 'url') => ({
    value: platform[name],
    error: errorOf(errors, `${prefix}.${name}`),
    onChange: (event: { readonly target: { readonly value: string } }) => onChange({ [name]: event.target.value }),
    autoComplete: 'off',
  });
  return (
    <fieldset className={styles.platform}>
      <legend className="visually-hidden">{called}</legend>
      <SelectField
        label={said.platform}
        none={said.platformChoose}
        options={offered}
        value={platform.name}
        error={errorOf(errors, `${prefix}.name`) ?? errorOf(errors, prefix)}
        onChange={(event) => onChange({ name: event.target.value as PlatformDraft['name'] })}
      />
      <TextField label={labels.handle} {...field('handle')} autoCapitalize="none" spellCheck={false} limit={100} />
      <TextField label={texts.creators.filterNames.followers} {...field('followers')} inputMode="numeric" />
      <TextField label={said.engagementInPercent} {...field('engagement')} inputMode="decimal" />
      <div className={styles.address}>
        <TextField label={said.address} {...field('url')} type="url" inputMode="url" placeholder="https://" limit={500} />
      </div>
      <IconButton label={texts.ui.remove(called)} icon={Trash2} className={styles.remove} onClick={onRemove} />
    </fieldset>
  );
}
