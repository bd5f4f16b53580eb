import { Check, Circle } from 'lucide-react';
import { accountTexts } from '@/texts/account';
import { Panel } from '@/ui/Page';
import { Switch } from '@/ui/Switch';
import styles from './ListedPanel.module.css';
import { errorOf, type FormPart, requirements, unmetRequirements } from './readDraft';

const said = accountTexts.profile;

/** Whether a creator is listed, and what is missing for it. */
export function ListedPanel({ draft, errors, edit, isListed }: FormPart & { readonly isListed: boolean }) {
  const unmet = unmetRequirements(draft);
  return (
    <Panel>
      <h2>{isListed ? said.listed : said.notListed}</h2>
      <Switch
        label={said.labels.listed}
        description={draft.listed ? said.listedOn : said.listedOff}
        checked={draft.listed}
        error={errorOf(errors, 'listed')}
        onChange={(listed) => edit({ listed })}
      />
      {(!isListed || unmet.length > 0) && (
        <div>
          <p>{said.needs}</p>
          <ul className={styles.needs}>
            {requirements.map((requirement) => {
              const isMet = requirement.isMet(draft);
              const Icon = isMet ? Check : Circle;
              return (
                <li key={requirement.field} data-met={isMet}>
                  <Icon size={18} aria-hidden="true" />
                  <span>
                    <span>{requirement.name}</span>
                    <span className="visually-hidden">{isMet ? said.needMet : said.needUnmet}</span>
                  </span>
                </li>
              );
            })}
          </ul>
          {unmet.length === 0 && !draft.listed && <p>{said.listedSwitch}</p>}
          {draft.listed && !isListed && unmet.length === 0 && <p>{said.listedSave}</p>}
        </div>
      )}
    </Panel>
  );
}
