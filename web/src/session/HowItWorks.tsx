import { Clock, Heart, type LucideIcon, MessageCircle, Plus } from 'lucide-react';
import styles from './HowItWorks.module.css';

const steps: readonly { readonly icon: LucideIcon; readonly name: string; readonly description: string }[] = [
  {
    icon: Heart,
    name: 'Find',
    description: 'Browse creators by what they publish about, where, and for how many. Press the heart to remember whom you like.',
  },
  {
    icon: Plus,
    name: 'Invite',
    description: 'Press + to invite somebody to connect. They get an email, and can accept or decline right there.',
  },
  { icon: Clock, name: 'Wait', description: 'The + turns into a clock until they answer. Press it to take the invite back.' },
  { icon: MessageCircle, name: 'Talk', description: 'Once they accept, the clock turns into a chat. It commits nobody to a campaign.' },
];

/** The product in four steps, with the icons of its pages. */
export function HowItWorks() {
  return (
    <ol className={styles.steps} role="list" aria-label="How it works">
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
