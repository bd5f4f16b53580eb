import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  type TouchEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { fileTexts as said } from '@/texts/files';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import styles from './PictureViewer.module.css';
import { previewOf } from '@/files/previews';
import { useDownload } from './useDownload';
import { type SentFile, useFileLink } from './useFileLink';

const zooms = [1, 1.5, 2, 3, 4] as const;
const step = 80;
// Of a swipe, in pixels.
const farEnough = 56;

interface PictureViewerProps {
  /** The pictures of the conversation, the oldest first. */
  readonly pictures: readonly SentFile[];
  readonly first: SentFile;
  readonly onClose: () => void;
}

/** A picture as large as the window, and the others of the conversation before and after it. */
export function PictureViewer({ pictures, first, onClose }: PictureViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const heading = useId();
  const keysHint = useId();
  const [refused, setRefused] = useState<string>();
  const { busy, download } = useDownload(setRefused);
  const [id, setId] = useState(first.file.id);
  const [zoom, setZoom] = useState(0);
  // A picture that was deleted meanwhile stays until the member goes on.
  const [shown, setShown] = useState(first);
  const found = pictures.findIndex(({ file }) => file.id === id);
  const at = Math.max(0, found);
  const current = pictures[found] ?? shown;
  if (current !== shown) {
    setShown(current);
  }

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => element?.close();
  }, []);
  const go = (by: number) => {
    const next = pictures[at + by];
    if (next) {
      setId(next.file.id);
      setZoom(0);
      setRefused(undefined);
    }
  };
  const zoomBy = (by: number) => setZoom((now) => Math.max(0, Math.min(zooms.length - 1, now + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const pan = (x: number, y: number) => stage.current?.scrollBy(x * step, y * step);
    const actions: Partial<Record<string, () => void>> = {
      ArrowLeft: () => (zoom === 0 ? go(-1) : pan(-1, 0)),
      ArrowRight: () => (zoom === 0 ? go(1) : pan(1, 0)),
      ArrowUp: () => pan(0, -1),
      ArrowDown: () => pan(0, 1),
      Home: () => go(-at),
      End: () => go(pictures.length - 1 - at),
      PageUp: () => go(-1),
      PageDown: () => go(1),
      '+': () => zoomBy(1),
      '=': () => zoomBy(1),
      '-': () => zoomBy(-1),
      '0': () => setZoom(0),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  };
  const alt = current.file.alt;
  return (
    // The keys work wherever the focus is in it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-labelledby={heading}
      aria-describedby={keysHint}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={heading} className={styles.title}>
          {said.viewer.title(at + 1, Math.max(1, pictures.length))}
        </h2>
        <IconButton label={said.viewer.zoomOut} icon={ZoomOut} aria-disabled={zoom === 0 || undefined} onClick={() => zoomBy(-1)} />
        <IconButton
          label={said.viewer.zoomIn}
          icon={ZoomIn}
          aria-disabled={zoom === zooms.length - 1 || undefined}
          onClick={() => zoomBy(1)}
        />
        <IconButton
          label={said.downloadName(current.file.name)}
          icon={Download}
          aria-busy={busy || undefined}
          onClick={() => {
            if (!busy) {
              setRefused(undefined);
              void download(current);
            }
          }}
        />
        <IconButton label={texts.ui.close} icon={X} data-first onClick={onClose} />
      </header>
      <Stage
        key={current.file.id}
        ref={stage}
        picture={current}
        zoom={zooms[zoom] ?? 1}
        onZoom={() => setZoom((now) => (now === 0 ? 2 : 0))}
        onSwipe={go}
      />
      {pictures.length > 1 && (
        <>
          <span className={styles.side} data-side="start">
            <IconButton label={said.viewer.previous} icon={ChevronLeft} aria-disabled={at === 0 || undefined} onClick={() => go(-1)} />
          </span>
          <span className={styles.side} data-side="end">
            <IconButton
              label={said.viewer.next}
              icon={ChevronRight}
              aria-disabled={at === pictures.length - 1 || undefined}
              onClick={() => go(1)}
            />
          </span>
        </>
      )}
      <div className={styles.alt}>
        <p dir="auto">{alt}</p>
        <p role="alert">{refused}</p>
      </div>
      <p id={keysHint} className="visually-hidden">
        {said.viewer.keys}
      </p>
      <p role="status" className="visually-hidden">
        {id === first.file.id ? '' : `${said.viewer.title(at + 1, pictures.length)}. ${alt ?? ''}`}
      </p>
    </dialog>
  );
}

interface StageProps {
  readonly picture: SentFile;
  readonly zoom: number;
  /** Called on a double click. */
  readonly onZoom: () => void;
  /** Called with 1 for the next picture and -1 for the one before. */
  readonly onSwipe: (by: number) => void;
  readonly ref: RefObject<HTMLDivElement | null>;
}

/** The picture, which can be moved when it is larger than the window. */
function Stage({ picture, zoom, onZoom, onSwipe, ref }: StageProps) {
  const { file } = picture;
  const local = previewOf(file.id);
  const { url, problem, renew } = useFileLink(picture, local === undefined);
  const [renewed, setRenewed] = useState(0);
  const failed = problem !== undefined || renewed > 1;
  // The middle stays where it is.
  const before = useRef(zoom);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && before.current !== zoom) {
      const factor = zoom / before.current;
      const { clientWidth, clientHeight, scrollLeft, scrollTop } = element;
      element.scrollTo(
        (scrollLeft + clientWidth / 2) * factor - clientWidth / 2,
        (scrollTop + clientHeight / 2) * factor - clientHeight / 2,
      );
      before.current = zoom;
    }
  }, [zoom, ref]);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    // Touch scrolls by itself.
    if (event.pointerType === 'mouse' && event.buttons === 1) {
      event.currentTarget.scrollBy(-event.movementX, -event.movementY);
    }
  };
  // By one finger, over a picture that is not larger than the window. Two fingers zoom the page.
  const swipe = useRef<number>(undefined);
  const beginSwipe = ({ touches }: TouchEvent) => {
    const isSwipe = touches.length === 1 && zoom === 1 && (window.visualViewport?.scale ?? 1) === 1;
    swipe.current = isSwipe ? touches[0]?.clientX : undefined;
  };
  const endSwipe = ({ changedTouches }: TouchEvent) => {
    const by = (changedTouches[0]?.clientX ?? 0) - (swipe.current ?? NaN);
    swipe.current = undefined;
    if (Math.abs(by) >= farEnough) {
      onSwipe(by < 0 ? 1 : -1);
    }
  };
  const { width = 1, height = 1 } = file;
  const size = { '--width': `${width}px`, '--ratio': width / height, '--zoom': zoom } as CSSProperties;
  return (
    // The keyboard and the buttons do the same.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={ref}
      className={styles.stage}
      data-zoomed={zoom > 1 || undefined}
      onPointerMove={drag}
      onDoubleClick={onZoom}
      onTouchStart={beginSwipe}
      onTouchEnd={endSwipe}
    >
      {failed ? (
        <p className={styles.failed} role="alert">
          <span>{said.notLoaded}</span>
          <Button
            onClick={() => {
              setRenewed(0);
              renew();
            }}
          >
            {texts.common.retry}
          </Button>
        </p>
      ) : (
        <span className={styles.picture} style={size}>
          {(local ?? url) !== undefined && (
            <img
              src={local ?? url}
              alt={file.alt ?? said.picture}
              draggable={false}
              referrerPolicy="no-referrer"
              onError={() => {
                setRenewed((times) => times + 1);
                renew();
              }}
            />
          )}
        </span>
      )}
    </div>
  );
}
