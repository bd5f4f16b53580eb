import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Link } from 'react-router';
import styles from './Button.module.css';

interface ButtonLinkProps {
  readonly to: string;
  readonly tone?: 'main' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link to another page that looks like a `Button`. */
export function ButtonLink({ to, tone = 'plain', size = 'normal', icon: Icon, children, ref }: ButtonLinkProps) {
  return (
    <Link ref={ref} to={to} className={styles.button} data-tone={tone} data-size={size}>
      {Icon && <Icon size={18} aria-hidden="true" />}
      {children}
    </Link>
  );
}
