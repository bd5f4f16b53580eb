import { Search } from 'lucide-react';
import type { InputHTMLAttributes, Ref } from 'react';
import styles from './SearchField.module.css';

interface SearchFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  /** The accessible name. The placeholder says what can be entered. */
  readonly label: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A field that searches or filters while the member types. */
export function SearchField({ label, ...input }: SearchFieldProps) {
  return (
    <label className={styles.field}>
      <Search size={20} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
      <input type="search" enterKeyHint="search" autoComplete="off" autoCapitalize="none" spellCheck={false} dir="auto" {...input} />
    </label>
  );
}
