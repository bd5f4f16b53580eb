import { Link } from 'react-router';
import { Logo } from '../ui/Logo';
import styles from './Wordmark.module.css';

/** The product's name, and the way home. */
export function Wordmark() {
  return (
    <Link to="/" className={styles.wordmark}>
      <Logo size={28} />
      Connections
    </Link>
  );
}
