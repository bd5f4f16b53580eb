import { Clock, Heart, type LucideIcon, MessageCircle, Plus } from 'lucide-react';
import { texts } from '@/texts/texts';
import styles from './HowItWorks.module.css';

const { find, invite, wait, talk } = texts.session.steps;
const steps: readonly { readonly icon: LucideIcon; readonly name: string; readonly description: string }[] = [
  { icon: Heart, ...find },
  { icon: Plus, ...invite },
  { icon: Clock, ...wait },
  { icon: MessageCircle, ...talk },
];

/** The product in four steps, with the icons of its pages. */
export function HowItWorks() {
  return (
    <ol className={styles.steps} role="list" aria-label={texts.common.howItWorks}>
      {steps.map(({ icon: Icon, name, description }) => (
        <li key={name} className={styles.step}>
          <span className={styles.icon}>
            <Icon size={20} aria-hidden="true" />
          </span>
          <span>
            <strong>{name}</strong>
            <span className="hint">{description}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
