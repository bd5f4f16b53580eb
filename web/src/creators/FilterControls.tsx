import { SlidersHorizontal } from 'lucide-react';
import { Suspense, useState } from 'react';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Disclosure } from '@/ui/Disclosure';
import { lazyPage } from '@/ui/lazyPage';
import { activeFilters, chosenIn, filterKinds, filterNames } from './activeFilters';
import styles from './FilterControls.module.css';
import { OnlyNew } from './OnlyNew';
import type { ResultCount } from './resultCount';
import type { FiltersProps } from './useFilters';

const said = texts.creators;

// The first page shows the names of the filters, not their values.
const choices = () => import('./FilterChoices');
const { Page: FilterChoice, preload: preloadFilters } = lazyPage(async () => (await choices()).FilterChoice);
const { Page: FilterDialog } = lazyPage(async () => (await choices()).FilterDialog);

export { preloadFilters };

/** All filters side by side, each in a disclosure. For wide windows. */
export function FilterBar(props: FiltersProps) {
  return (
    <div className={styles.bar} role="group" aria-label={said.filters}>
      {filterKinds.map((kind) => (
        <Disclosure key={kind} label={filterNames[kind]} chosen={chosenIn(props.filters, kind)}>
          <Suspense fallback={null}>
            <FilterChoice kind={kind} {...props} />
          </Suspense>
        </Disclosure>
      ))}
      <OnlyNew {...props} />
    </div>
  );
}

/**
 * All filters in one dialog, for phones. The search runs behind it with each change.
 *
 * `count` says how many creators it finds, once that is known.
 */
export function FilterSheet({ count, ...props }: FiltersProps & { readonly count: ResultCount | undefined }) {
  const [open, setOpen] = useState(false);
  const inUse = activeFilters(props.filters).length;
  return (
    <>
      <Button icon={SlidersHorizontal} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {inUse > 0 ? said.filtersCount(inUse) : said.filters}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <FilterDialog {...props} inUse={inUse} count={count} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
