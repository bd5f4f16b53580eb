import { useEffect } from 'react';
import { Problem } from '../../api/problem';
import { Button } from '../../ui/Button';
import { useOlder } from '../useHistory';
import styles from './OlderMessages.module.css';

/** Reads the messages before those that are there when one comes near them. It takes no room, so that nothing moves. */
export function OlderMessages({ connectionId, isNear }: { readonly connectionId: string; readonly isNear: boolean }) {
  const { mutate: read, isPending, isError, error, isIdle } = useOlder(connectionId);
  useEffect(() => {
    if (isNear && isIdle) {
      read();
    }
  }, [isNear, isIdle, read]);
  return (
    <div className={styles.older}>
      {isPending && (
        <p className={styles.words} role="status">
          Loading earlier messages…
        </p>
      )}
      {isError && (
        <p className={styles.words} role="alert">
          Earlier messages could not be loaded. {Problem.from(error).detail}{' '}
          <Button size="small" onClick={() => read()}>
            Try again
          </Button>
        </p>
      )}
    </div>
  );
}
