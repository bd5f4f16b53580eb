import type { CSSProperties, ReactNode } from 'react';
import styles from './MessageFiles.module.css';

interface PictureFrameProps {
  /** In pixels; a square if they are not known. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Undefined until it is known. */
  readonly src: string | undefined;
  readonly label: string;
  readonly isActive: boolean;
  /** Called to show it large. Absent for one that cannot be. */
  readonly onOpen?: (() => void) | undefined;
  readonly onBroken?: (() => void) | undefined;
  /** What is shown over it, or in its place. */
  readonly children?: ReactNode;
}

/** A picture at its place in the log, which is as large before it is loaded. */
export function PictureFrame({ width = 1, height = 1, src, label, isActive, onOpen, onBroken, children }: PictureFrameProps) {
  const picture = src !== undefined && (
    <img
      src={src}
      alt={onOpen ? '' : label}
      width={width}
      height={height}
      decoding="async"
      referrerPolicy="no-referrer"
      onError={onBroken}
    />
  );
  const size = { '--width': `${width}px`, '--ratio': width / height } as CSSProperties;
  return (
    <li className={styles.picture} style={size}>
      {onOpen ? (
        <button type="button" className={styles.open} aria-label={label} tabIndex={isActive ? 0 : -1} onClick={onOpen}>
          {picture}
        </button>
      ) : (
        picture
      )}
      {children}
    </li>
  );
}
