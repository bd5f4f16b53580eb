import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, MouseEventHandler, Ref } from 'react';
import styles from './IconButton.module.css';
import { Link } from './router';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> {
  /** The accessible name and tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly size?: 'normal' | 'small';
  /** Fills the icon, as for a marked favourite. */
  readonly filled?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon: Icon, size = 'normal', filled = false, type = 'button', className, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      data-size={size}
      className={className === undefined ? styles.button : `${styles.button} ${className}`}
    >
      <Icon size={size === 'small' ? 18 : 22} aria-hidden="true" fill={filled ? 'currentColor' : 'none'} />
    </button>
  );
}

interface IconLinkProps {
  readonly to: string;
  /** The accessible name and tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly size?: 'normal' | 'small';
  readonly className?: string | undefined;
  /** For the style sheet, as `data-state`. */
  readonly state?: string;
  readonly onClick?: MouseEventHandler<HTMLAnchorElement>;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link that looks like an `IconButton`. */
export function IconLink({ to, label, icon: Icon, size = 'normal', className, state, onClick, ref }: IconLinkProps) {
  return (
    <Link
      ref={ref}
      to={to}
      onClick={onClick}
      aria-label={label}
      title={label}
      data-size={size}
      data-state={state}
      className={className === undefined ? styles.button : `${styles.button} ${className}`}
    >
      <Icon size={size === 'small' ? 18 : 22} aria-hidden="true" />
    </Link>
  );
}
