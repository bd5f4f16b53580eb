import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { AvailableChoice } from './AvailableChoice';
import { chosenIn, cleared, type FilterKind, filterKinds, filterNames } from './activeFilters';
import styles from './FilterControls.module.css';
import { ListChoice } from './ListChoice';
import { EngagementChoice, FollowersChoice } from './NumberChoices';
import { OnlyNew } from './OnlyNew';
import type { ResultCount } from './resultCount';
import type { FiltersProps } from './useFilters';

const said = creatorsTexts;

/** The controls of one filter. */
export function FilterChoice({ kind, ...props }: FiltersProps & { readonly kind: FilterKind }) {
  switch (kind) {
    case 'available':
      return <AvailableChoice {...props} />;
    case 'followers':
      return <FollowersChoice {...props} />;
    case 'engagement':
      return <EngagementChoice {...props} />;
    default:
      return <ListChoice name={kind} {...props} />;
  }
}

interface FilterDialogProps extends FiltersProps {
  /** How many filters are in use. */
  readonly inUse: number;
  readonly count: ResultCount | undefined;
  readonly onClose: () => void;
}

/** The dialog with all filters. */
export function FilterDialog({ inUse, count, onClose, ...props }: FilterDialogProps) {
  return (
    <Dialog title={texts.creators.filters} onClose={onClose}>
      <div>
        {filterKinds.map((kind) => (
          <SheetSection key={kind} name={filterNames[kind]} chosen={chosenIn(props.filters, kind)}>
            <FilterChoice kind={kind} {...props} />
          </SheetSection>
        ))}
        <OnlyNew {...props} />
      </div>
      <div className={styles.end}>
        <DialogActions>
          <Button disabled={inUse === 0} onClick={() => props.change((now) => ({ ...cleared(now), q: now.q }))}>
            {said.clear}
          </Button>
          <Button tone="main" onClick={onClose}>
            {count ? said.show[count.kind](count.of) : said.showResults}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
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
