import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog, DialogActions } from '../ui/Dialog';
import { EngagementChoice } from './EngagementChoice';
import styles from './FilterSheet.module.css';
import { listFilters, type Filters } from './filters';
import { activeFilters, chosenIn, cleared, filterNames } from './filterWords';
import { FollowersChoice } from './FollowersChoice';
import { ListChoice } from './ListChoice';
import { SheetSection } from './SheetSection';
import type { ChangeFilters } from './useFilters';

/** On a phone, all filters behind one button. What is chosen is searched at once, behind the sheet. */
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
