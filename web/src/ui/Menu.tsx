import { useId, type ReactNode } from 'react';
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
