import { useId } from 'react';
import { categories, categoryName } from '../members/words';
import styles from './CategoriesField.module.css';
import { labels } from './differences';
import { errorOfList, type FormPart } from './form';

const most = 5;

/** The categories of the published list, at most five. */
export function CategoriesField({ draft, errors, edit }: FormPart) {
  const id = useId();
  const error = errorOfList(errors, 'categories');
  const chosen = draft.categories;
  const isFull = chosen.length >= most;
  // A category that is newer than this page, and chosen already, can be taken away like any other.
  const offered = [...categories, ...chosen.filter((category) => !categories.includes(category))];
  return (
    <fieldset
      className={styles.categories}
      aria-describedby={`${id}-hint${error === undefined ? '' : ` ${id}-error`}`}
      data-invalid={error === undefined ? undefined : true}
      tabIndex={-1}
    >
      <legend>{labels.categories}</legend>
      <p id={`${id}-hint`} role="status" className={styles.hint}>
        {isFull ? `${most} of ${most} chosen. Take one away to choose another.` : `${chosen.length} of at most ${most} chosen.`}
      </p>
      <div className={styles.chips}>
        {offered.map((category) => {
          const checked = chosen.includes(category);
          return (
            <label key={category} className={styles.chip}>
              <input
                type="checkbox"
                checked={checked}
                disabled={isFull && !checked}
                onChange={() => edit({ categories: checked ? chosen.filter((other) => other !== category) : [...chosen, category] })}
              />
              {categoryName(category)}
            </label>
          );
        })}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
