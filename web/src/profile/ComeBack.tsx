import { Welcome } from './Welcome';
import styles from './ComeBack.module.css';

/** For a member who erased themselves and signed in again: nothing of before is left, and they can start anew. */
export function ComeBack() {
  return (
    <>
      <p role="status" className={styles.said}>
        You erased your profile. Nothing of it is left; you can start anew.
      </p>
      <Welcome own={{}} />
    </>
  );
}
