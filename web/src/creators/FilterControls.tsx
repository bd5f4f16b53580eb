import { ChevronDown, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { Disclosure } from '@/ui/Disclosure';
import styles from './FilterControls.module.css';
import { type Filters, listFilters } from './filters';
import { activeFilters, chosenIn, cleared, filterNames } from './activeFilters';
import { ListChoice } from './ListChoice';
import { EngagementChoice, FollowersChoice } from './NumberChoices';
import type { ChangeFilters } from './useFilters';

/** All filters side by side, each in a disclosure. For wide windows. */
export function FilterBar({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  return (
    <div className={styles.bar} role="group" aria-label="Filters">
      {listFilters.map((name) => (
        <Disclosure key={name} label={filterNames[name]} chosen={chosenIn(filters, name)}>
          <ListChoice name={name} filters={filters} change={change} />
        </Disclosure>
      ))}
      <Disclosure label={filterNames.followers} chosen={chosenIn(filters, 'followers')}>
        <FollowersChoice filters={filters} change={change} />
      </Disclosure>
      <Disclosure label={filterNames.engagement} chosen={chosenIn(filters, 'engagement')}>
        <EngagementChoice filters={filters} change={change} />
      </Disclosure>
    </div>
  );
}

/** All filters in one dialog, for phones. The search runs behind it with each change. */
export function FilterSheet({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  const [open, setOpen] = useState(false);
  const count = activeFilters(filters).length;
  const close = () => setOpen(false);
  return (
    <>
      <Button icon={SlidersHorizontal} onClick={() => setOpen(true)} aria-haspopup="dialog">
        Filters{count > 0 && ` (${count})`}
      </Button>
      {open && (
        <Dialog title="Filters" onClose={close}>
          <div>
            {listFilters.map((name) => (
              <SheetSection key={name} name={filterNames[name]} chosen={chosenIn(filters, name)}>
                <ListChoice name={name} filters={filters} change={change} />
              </SheetSection>
            ))}
            <SheetSection name={filterNames.followers} chosen={chosenIn(filters, 'followers')}>
              <FollowersChoice filters={filters} change={change} />
            </SheetSection>
            <SheetSection name={filterNames.engagement} chosen={chosenIn(filters, 'engagement')}>
              <EngagementChoice filters={filters} change={change} />
            </SheetSection>
          </div>
          <div className={styles.end}>
            <DialogActions>
              <Button disabled={count === 0} onClick={() => change((now) => ({ ...cleared(now), q: now.q }))}>
                Clear all
              </Button>
              <Button tone="main" onClick={close}>
                Show results
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
        {chosen > 0 && <span className={styles.chosen}>{chosen} chosen</span>}
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
