import { useState } from 'react';
import { formatNumber } from '@/members/names';
import { PlatformMark } from '@/members/PlatformMark';
import { finds } from '@/members/search';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { SearchField } from '@/ui/SearchField';
import { Skeleton } from '@/ui/Skeleton';
import { type ListFilter, maxValues, noFilters, toggled } from './filters';
import { filterNames } from './activeFilters';
import styles from './ListChoice.module.css';
import { type Option, optionsOf, useFacets, valueName } from './useFacets';
import type { FiltersProps } from './useFilters';

const said = creatorsTexts;

// More options than this get a search field.
const searchableFrom = 16;

/** A filter by values, with the number of creators that would be found with each. */
export function ListChoice({ name, filters, change }: FiltersProps & { readonly name: ListFilter }) {
  const facets = useFacets(noFilters);
  const filtered = useFacets(filters);
  const [text, setText] = useState('');
  if (facets.isPending) {
    return (
      <div className={styles.list}>
        {Array.from({ length: 6 }, (_, i) => (
          <Skeleton key={i} width="long" />
        ))}
      </div>
    );
  }

  if (!facets.data) {
    return (
      <div className={styles.failed} role="alert">
        <p>{said.listNotLoaded}</p>
        <Button size="small" onClick={() => void facets.refetch()}>
          {texts.common.retry}
        </Button>
      </div>
    );
  }

  const chosen: readonly string[] = filters[name];
  const full = chosen.length >= maxValues;
  const found = optionsOf(name, facets.data, filtered.data);
  // Values from a link that no creator has.
  const others = chosen
    .filter((value) => !found.some((option) => option.value === value))
    .map((value): Option => ({ value, name: valueName(name, value), count: 0 }));
  const options = [...others, ...found];
  const shown = matching(options, text);
  return (
    <div className={styles.choice}>
      {options.length > searchableFrom && (
        <SearchField
          label={said.findInList(options.length)}
          placeholder={said.findInList(options.length)}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul className={styles.list} aria-label={filterNames[name]}>
        {shown.map(({ value, name: words, count }) => (
          <li key={value}>
            <label className={styles.option}>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                disabled={full && !chosen.includes(value)}
                onChange={() => change((now) => toggled(now, name, value))}
              />
              <span className={styles.words}>
                {name === 'platform' && <PlatformMark platform={value} small />}
                <span dir="auto">{words}</span>
              </span>
              {count !== undefined && (
                <span className={styles.count}>
                  <span aria-hidden="true">{formatNumber(count)}</span>
                  <span className="visually-hidden">{said.count(count)}</span>
                </span>
              )}
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p role="status">{said.nobodyHas(text)}</p>}
      {full && <p role="status">{said.most(maxValues)}</p>}
    </div>
  );
}

/** The options whose name has words that begin with those of the text, or whose code is the text. */
export function matching(options: readonly Option[], text: string): readonly Option[] {
  const code = text.trim().toLowerCase();
  return options.filter(({ value, name }) => value.toLowerCase() === code || finds(text, [name]));
}
