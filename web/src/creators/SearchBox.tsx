import { useEffect, useRef } from 'react';
import { texts } from '@/texts/texts';
import { useLocation } from '@/ui/router';
import { SearchField } from '@/ui/SearchField';
import { maxTextLength } from './filters';
import styles from './SearchBox.module.css';
import { useDebouncedText } from '@/ui/useDebouncedText';

interface SearchBoxProps {
  readonly text: string;
  readonly search: (text: string) => void;
  /** Why the text cannot be searched for. */
  readonly error: string | undefined;
}

/** The search field. It searches while the member types. */
export function SearchBox({ text, search, error }: SearchBoxProps) {
  const typed = useDebouncedText(text, (now) => now.trim(), search);
  const field = useRef<HTMLInputElement>(null);
  // Somebody came by the key for the search.
  const asked = (useLocation().state as { readonly search?: boolean } | null)?.search === true;
  useEffect(() => {
    if (asked) {
      field.current?.focus();
    }
  }, [asked]);
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          typed.flush();
        }}
      >
        <SearchField
          ref={field}
          label={texts.creators.search}
          maxLength={maxTextLength}
          placeholder={texts.creators.searchExample}
          value={typed.text}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : 'search-error'}
          onChange={(event) => typed.setText(event.target.value)}
        />
        {error !== undefined && (
          <p id="search-error" role="alert" className={styles.error}>
            {error}
          </p>
        )}
      </form>
    </search>
  );
}
