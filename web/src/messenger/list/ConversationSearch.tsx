import { Search } from 'lucide-react';
import styles from './ConversationSearch.module.css';

interface SearchProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** How many conversations are found, for those who hear it. */
  readonly found: number;
}

/** Narrows the list to those whose name is typed. */
export function ConversationSearch({ value, onChange, found }: SearchProps) {
  return (
    <div className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        className={styles.input}
        aria-label="Search conversations by name"
        placeholder="Search by name"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span role="status" className="visually-hidden">
        {value === '' ? '' : `${found} ${found === 1 ? 'conversation' : 'conversations'}`}
      </span>
    </div>
  );
}
