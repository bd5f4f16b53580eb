import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Logo } from '@/ui/Logo';
import { supportLink } from '@/ui/support';
import { useTitle } from '@/ui/title';
import type { AppConfig } from './config';
import styles from './Goodbye.module.css';

const said = texts.session;

/** The page after a member erased their profile. */
export function Goodbye({ config, onLeave }: { readonly config: AppConfig; readonly onLeave: () => void }) {
  useTitle(said.goodbye);
  return (
    <main className={styles.page}>
      <Logo size={44} />
      <h1>{said.goodbyeTitle}</h1>
      <p>{said.goodbyeWhat}</p>
      <p>
        {said.goodbyeThanks((write) => (
          <a href={supportLink(config.support, said.goodbyeSubject)}>{write}</a>
        ))}
      </p>
      <Button onClick={onLeave}>{said.goodbyeBack}</Button>
    </main>
  );
}
