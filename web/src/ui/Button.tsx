import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { texts } from '@/texts/texts';
import styles from './Button.module.css';
import { Link } from './router';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main` for the primary action of the page, `danger` for actions that cannot be undone, `quiet` for secondary actions. */
  readonly tone?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  readonly icon?: LucideIcon;
  /** While its call is under way, the button cannot be pressed again but keeps the focus. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  tone = 'plain',
  size = 'normal',
  icon: Icon,
  busy = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={className === undefined ? styles.button : `${styles.button} ${className}`}
      data-tone={tone}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {Icon && <Icon size={18} aria-hidden="true" />}
      <span>{children}</span>
    </button>
  );
}

interface ButtonLinkProps {
  readonly to: string;
  readonly tone?: 'main' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly icon?: LucideIcon;
  /** The full label for screen readers, where the text is not enough. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** A link to another page that looks like a `Button`. */
export function ButtonLink({ to, tone = 'plain', size = 'normal', icon: Icon, label, children }: ButtonLinkProps) {
  return (
    <Link to={to} className={styles.button} data-tone={tone} data-size={size} aria-label={label}>
      {Icon && <Icon size={18} aria-hidden="true" />}
      <span>{children}</span>
    </Link>
  );
}

/** The suggestion in an empty list. */
export function ExploreLink() {
  return (
    <ButtonLink to="/" tone="main">
      {texts.common.exploreCreators}
    </ButtonLink>
  );
}
