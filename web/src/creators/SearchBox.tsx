import { Search } from 'lucide-react';
import { maxTextLength } from './filters';
import styles from './SearchBox.module.css';
import { useDebouncedText } from './useDebouncedText';

interface SearchBoxProps {
  readonly text: string;
  readonly search: (text: string) => void;
  /** Why the text cannot be searched for. */
  readonly error: string | undefined;
}

/** The search field. It searches while the member types. */
export function SearchBox({ text, search, error }: SearchBoxProps) {
  const typed = useDebouncedText(text, (now) => now.trim(), search);
  return (
    <search>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          typed.flush();
        }}
      >
        <label>
          <Search size={20} aria-hidden="true" />
          <span className="visually-hidden">Search creators</span>
          <input
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            dir="auto"
            maxLength={maxTextLength}
            placeholder="Name, topic or category"
            value={typed.text}
            aria-invalid={error !== undefined || undefined}
            aria-describedby={error === undefined ? undefined : 'search-error'}
            onChange={(event) => typed.setText(event.target.value)}
          />
        </label>
        {error !== undefined && (
          <p id="search-error" role="alert" className={styles.error}>
            {error}
          </p>
        )}
      </form>
    </search>
  );
}
