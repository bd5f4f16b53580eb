import { Check, Circle } from 'lucide-react';
import { Panel } from '@/ui/Page';
import { Switch } from '@/ui/Switch';
import { errorOf, type FormPart } from './form';
import styles from './ListedPanel.module.css';
import { requirements, unmetRequirements } from './readDraft';

/** Whether a creator is listed, and what is missing for it. */
export function ListedPanel({ draft, errors, edit, isListed }: FormPart & { readonly isListed: boolean }) {
  const unmet = unmetRequirements(draft);
  return (
    <Panel>
      <h2>{isListed ? 'You are listed' : 'You are not listed'}</h2>
      <Switch
        label="Listed"
        description={
          draft.listed
            ? 'Brands and creators find you in Explore, and can invite you.'
            : 'Nobody finds you in Explore, and nobody can invite you. Your connections stay.'
        }
        checked={draft.listed}
        error={errorOf(errors, 'listed')}
        onChange={(listed) => edit({ listed })}
      />
      {(!isListed || unmet.length > 0) && (
        <div>
          <p>To be listed you need:</p>
          <ul className={styles.needs}>
            {requirements.map((requirement) => {
              const isMet = requirement.isMet(draft);
              const Icon = isMet ? Check : Circle;
              return (
                <li key={requirement.field} data-met={isMet}>
                  <Icon size={18} aria-hidden="true" />
                  <span>
                    <span>{requirement.name}</span>
                    <span className="visually-hidden">{isMet ? ', done' : ', missing'}</span>
                  </span>
                </li>
              );
            })}
          </ul>
          {unmet.length === 0 && !draft.listed && <p>You have everything: switch “Listed” on and save.</p>}
          {draft.listed && !isListed && unmet.length === 0 && <p>You have everything: save, and creators and brands can find you.</p>}
        </div>
      )}
    </Panel>
  );
}
