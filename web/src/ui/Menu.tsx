import type { LucideIcon } from 'lucide-react';
import { type MouseEvent, type ReactNode, useId } from 'react';
import styles from './Menu.module.css';
import { Link } from './router';

interface MenuProps {
  /** Renders the button that opens the menu. Spread the given props on it. */
  readonly trigger: (opens: { readonly popoverTarget: string }) => ReactNode;
  /** `MenuItem`s, `MenuLink`s and `MenuAddress`es. */
  readonly children: ReactNode;
}

/** Further actions behind a button. A disclosure rather than an ARIA menu, so that Tab and Escape work as usual. */
export function Menu({ trigger, children }: MenuProps) {
  const id = useId();
  return (
    <>
      {trigger({ popoverTarget: id })}
      <ul id={id} popover="auto" className={styles.menu}>
        {children}
      </ul>
    </>
  );
}

interface Row {
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}

interface MenuItemProps extends Row {
  readonly tone?: 'plain' | 'danger';
  readonly onSelect: () => void;
}

/** An action in a `Menu`. */
export function MenuItem({ icon: Icon, tone = 'plain', onSelect, children }: MenuItemProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-tone={tone}
        onClick={(event) => {
          closeMenu(event);
          onSelect();
        }}
      >
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </button>
    </li>
  );
}

/** A link to a page, in a `Menu`. */
export function MenuLink({ icon: Icon, to, children }: Row & { readonly to: string }) {
  return (
    <li>
      <Link to={to} className={styles.item} onClick={closeMenu}>
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </Link>
    </li>
  );
}

/** An external address, in a `Menu`. */
export function MenuAddress({
  icon: Icon,
  href,
  newWindow = false,
  children,
}: Row & { readonly href: string; readonly newWindow?: boolean }) {
  return (
    <li>
      <a href={href} className={styles.item} onClick={closeMenu} {...(newWindow ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </a>
    </li>
  );
}

/** Closes the menu of a pressed item. The focus returns to the menu's button, also after a dialog that opens next. */
export function closeMenu(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
}
