import { Trash2 } from 'lucide-react';
import { platformName, platformNames } from '../members/words';
import { IconButton } from '../ui/IconButton';
import { SelectField } from '../ui/SelectField';
import { TextField } from '../ui/TextField';
import type { PlatformDraft } from './draft';
import { errorOf } from './form';
import styles from './PlatformFields.module.css';
import type { FieldErrors } from './readDraft';

interface PlatformFieldsProps {
  readonly platform: PlatformDraft;
  /** Which it is, counted from 1. */
  readonly number: number;
  readonly errors: FieldErrors;
  /** What the names of its errors begin with. */
  readonly prefix: string;
  readonly onChange: (changes: Partial<PlatformDraft>) => void;
  readonly onRemove: () => void;
}

const options = platformNames.map((value) => ({ value, name: platformName(value) })).sort((a, b) => a.name.localeCompare(b.name));

/** One place where a creator is followed. */
export function PlatformFields({ platform, number, errors, prefix, onChange, onRemove }: PlatformFieldsProps) {
  const called = platform.name === '' ? `Platform ${number}` : platformName(platform.name);
  // A platform that is newer than this page is kept.
  const offered =
    platform.name === '' || platformNames.includes(platform.name) ? options : [{ value: platform.name, name: called }, ...options];
  return (
    <fieldset className={styles.platform}>
      <legend className="visually-hidden">{called}</legend>
      <SelectField
        label="Platform"
        none="Choose one"
        options={offered}
        value={platform.name}
        error={errorOf(errors, `${prefix}.name`) ?? errorOf(errors, prefix)}
        onChange={(event) => onChange({ name: event.target.value as PlatformDraft['name'] })}
      />
      <TextField
        label="Handle"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        limit={100}
        value={platform.handle}
        error={errorOf(errors, `${prefix}.handle`)}
        onChange={(event) => onChange({ handle: event.target.value })}
      />
      <TextField
        label="Followers"
        inputMode="numeric"
        autoComplete="off"
        value={platform.followers}
        error={errorOf(errors, `${prefix}.followers`)}
        onChange={(event) => onChange({ followers: event.target.value })}
      />
      <TextField
        label="Engagement in %"
        inputMode="decimal"
        autoComplete="off"
        value={platform.engagement}
        error={errorOf(errors, `${prefix}.engagement`)}
        onChange={(event) => onChange({ engagement: event.target.value })}
      />
      <div className={styles.address}>
        <TextField
          label="Address (optional)"
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          limit={500}
          value={platform.url}
          error={errorOf(errors, `${prefix}.url`)}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      </div>
      <IconButton label={`Remove ${called}`} icon={Trash2} className={styles.remove} onClick={onRemove} />
    </fieldset>
  );
}
