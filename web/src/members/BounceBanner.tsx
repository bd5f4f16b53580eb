import { MailX } from 'lucide-react';
import { texts } from '@/texts/texts';
import { Link } from '@/ui/router';
import styles from './BounceBanner.module.css';
import { useMe } from './useMe';

/** Tells a member that emails to their address come back, for no email can. */
export function BounceBanner() {
  return useMe().emailBounces === true ? (
    <p className={styles.banner} role="status">
      <MailX size={18} aria-hidden="true" />
      <span>
        {texts.members.bounces((look) => (
          <Link to="/email-preferences">{look}</Link>
        ))}
      </span>
    </p>
  ) : null;
}
