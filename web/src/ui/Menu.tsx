import type { LucideIcon } from 'lucide-react';
import { type MouseEvent, type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import styles from './Menu.module.css';

interface MenuProps {
  /** The button that opens it, given what makes it do so. */
  readonly trigger: (opens: { readonly popoverTarget: string }) => ReactNode;
  /** Its `MenuItem`s, `MenuLink`s and `MenuAddress`es, each in a row of its own. */
  readonly children: ReactNode;
}

/** Further actions behind one button: a disclosure, so that Tab, Escape and a press elsewhere work as everywhere. */
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

/** Something to do, in a `Menu`. */
export function MenuItem({ icon: Icon, tone = 'plain', onSelect, children }: MenuItemProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-tone={tone}
        onClick={(event) => {
          putAway(event);
          onSelect();
        }}
      >
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </button>
    </li>
  );
}

/** A page to go to, in a `Menu`. */
export function MenuLink({ icon: Icon, to, children }: Row & { readonly to: string }) {
  return (
    <li>
      <Link to={to} className={styles.item} onClick={putAway}>
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </Link>
    </li>
  );
}

/** An address outside of the product, in a `Menu`. */
export function MenuAddress({ icon: Icon, href, children }: Row & { readonly href: string }) {
  return (
    <li>
      <a href={href} className={styles.item} onClick={putAway}>
        <Icon size={18} aria-hidden="true" />
        <span>{children}</span>
      </a>
    </li>
  );
}

// The focus goes back to what opened the menu, and a dialog that opens next returns it there too.
function putAway(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
}
