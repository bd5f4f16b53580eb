import { Button } from '@/ui/Button';
import { Logo } from '@/ui/Logo';
import { supportLink } from '@/ui/support';
import { useTitle } from '@/ui/title';
import type { AppConfig } from './config';
import styles from './Goodbye.module.css';

/** The page after a member erased their profile. */
export function Goodbye({ config, onLeave }: { readonly config: AppConfig; readonly onLeave: () => void }) {
  useTitle('Goodbye');
  return (
    <main className={styles.page}>
      <Logo size={44} />
      <h1>You are erased</h1>
      <p>
        Your profile is gone, nobody finds you any more, and no email comes to you. Your invites and connections end within minutes. You are
        signed out.
      </p>
      <p>
        Thank you for having been here. If something went wrong,{' '}
        <a href={supportLink(config.support, 'After erasing myself')}>write to us</a>.
      </p>
      <Button onClick={onLeave}>Back to the start</Button>
    </main>
  );
}
