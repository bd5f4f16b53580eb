import { useMe } from '../../members/useMe';
import { Button } from '../../ui/Button';
import { useCopy } from '../../ui/useCopy';
import { draftKey, readDraft } from '../drafts';
import styles from './KeptDraft.module.css';

/** What was typed in a conversation that takes no message any more. */
export function KeptDraft({ connectionId }: { readonly connectionId: string }) {
  const { id: me } = useMe();
  const copy = useCopy();
  const draft = readDraft(draftKey(me, 'message', connectionId));
  return draft === '' ? null : (
    <div className={styles.draft}>
      <p className={styles.label}>You had typed:</p>
      <p className={styles.text} dir="auto">
        {draft}
      </p>
      <Button size="small" onClick={() => void copy(draft)}>
        Copy what you typed
      </Button>
    </div>
  );
}
