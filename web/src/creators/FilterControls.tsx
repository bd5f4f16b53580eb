import { ChevronDown, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { Disclosure } from '@/ui/Disclosure';
import styles from './FilterControls.module.css';
import { listFilters } from './filters';
import { activeFilters, chosenIn, cleared, filterNames } from './activeFilters';
import { ListChoice } from './ListChoice';
import { EngagementChoice, FollowersChoice } from './NumberChoices';
import type { ResultCount } from './resultCount';
import type { FiltersProps } from './useFilters';

const said = texts.creators;

/** Each filter with its name, the number of its values in use, and its controls. */
function filterChoices(props: FiltersProps) {
  const choice = (of: keyof typeof filterNames, controls: ReactNode) => ({
    name: filterNames[of],
    chosen: chosenIn(props.filters, of),
    controls,
  });
  return [
    ...listFilters.map((name) => choice(name, <ListChoice name={name} {...props} />)),
    choice('followers', <FollowersChoice {...props} />),
    choice('engagement', <EngagementChoice {...props} />),
  ];
}

/** All filters side by side, each in a disclosure. For wide windows. */
export function FilterBar(props: FiltersProps) {
  return (
    <div className={styles.bar} role="group" aria-label={said.filters}>
      {filterChoices(props).map(({ name, chosen, controls }) => (
        <Disclosure key={name} label={name} chosen={chosen}>
          {controls}
        </Disclosure>
      ))}
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
  const close = () => setOpen(false);
  return (
    <>
      <Button icon={SlidersHorizontal} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {inUse > 0 ? said.filtersCount(inUse) : said.filters}
      </Button>
      {open && (
        <Dialog title={said.filters} onClose={close}>
          <div>
            {filterChoices(props).map(({ name, chosen, controls }) => (
              <SheetSection key={name} name={name} chosen={chosen}>
                {controls}
              </SheetSection>
            ))}
          </div>
          <div className={styles.end}>
            <DialogActions>
              <Button disabled={inUse === 0} onClick={() => props.change((now) => ({ ...cleared(now), q: now.q }))}>
                {said.clear}
              </Button>
              <Button tone="main" onClick={close}>
                {count ? said.show[count.kind](count.of) : said.showResults}
              </Button>
            </DialogActions>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** One filter of the sheet, initially open if it is in use. */
function SheetSection({ name, chosen, children }: { readonly name: string; readonly chosen: number; readonly children: ReactNode }) {
  // Initially only: removing the last value must not close the section.
  const [openAtFirst] = useState(chosen > 0);
  return (
    <details className={styles.section} open={openAtFirst}>
      <summary>
        <span>{name}</span>
        {chosen > 0 && <span className={styles.chosen}>{texts.ui.chosen(chosen)}</span>}
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
