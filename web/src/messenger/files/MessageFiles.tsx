import { Download, FileText, ImageOff, ShieldQuestion } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Message, MessageFile } from '@/api/types';
import { fileTexts as said } from '@/texts/files';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { isPicture } from '@/files/fileKinds';
import { fileRefusedInWords, filesInWords } from './fileWords';
import { formatSize } from '@/files/formatSize';
import styles from './MessageFiles.module.css';
import { PictureFrame } from './PictureFrame';
import { previewOf } from '@/files/previews';
import { useDownload } from './useDownload';
import { useFileLink } from './useFileLink';
import { useOpenPicture } from './viewing';

interface MessageFilesProps {
  readonly message: Message;
  readonly own: boolean;
  readonly isActive: boolean;
}

/** The files of a message: pictures in a grid, and a row for each other file. */
export function MessageFiles({ message, own, isActive }: MessageFilesProps) {
  const files = message.files ?? [];
  const pictures = files.filter(({ type }) => isPicture(type));
  return (
    <>
      {pictures.length > 0 && (
        <ul className={styles.pictures} data-count={pictures.length}>
          {pictures.map((file) => (
            <SentPicture key={file.id} message={message} file={file} own={own} isActive={isActive} />
          ))}
        </ul>
      )}
      {files
        .filter(({ type }) => !isPicture(type))
        .map((file) => (
          <FileRow key={file.id} message={message} file={file} isActive={isActive} />
        ))}
      <FileNotes files={files} own={own} />
    </>
  );
}

interface FileProps {
  readonly message: Message;
  readonly file: MessageFile;
  readonly isActive: boolean;
}

function SentPicture({ message, file, own, isActive }: FileProps & { readonly own: boolean }) {
  const open = useOpenPicture();
  const place = useRef<HTMLSpanElement>(null);
  const isNear = useIsNear(place);
  const isReady = file.state === 'ready';
  // The sender need not wait for the check to see their own picture.
  const local = own && file.state !== 'refused' ? previewOf(file.id) : undefined;
  const { url, problem, renew } = useFileLink({ message, file }, isReady && isNear && local === undefined);
  const renewed = useRef(false);
  const [broken, setBroken] = useState(false);
  const onBroken = () => {
    // The link ran out before it was used. It is renewed once.
    setBroken(renewed.current);
    if (!renewed.current) {
      renewed.current = true;
      renew();
    }
  };
  const failed = broken || problem !== undefined;
  return (
    <PictureFrame
      width={file.width}
      height={file.height}
      src={failed ? undefined : (local ?? url)}
      label={filesInWords([file])}
      isActive={isActive}
      onOpen={isReady && !failed ? () => open?.({ message, file }) : undefined}
      onBroken={local === undefined ? onBroken : undefined}
    >
      <span ref={place} className={styles.place} />
      {failed && (
        <span className={styles.instead}>
          <ImageOff size={22} aria-hidden="true" />
          {problem?.code === 'not-connected' ? (
            <span>{said.notConnected}</span>
          ) : (
            <>
              <span>{said.notLoaded}</span>
              <Button
                size="small"
                tabIndex={isActive ? 0 : -1}
                onClick={() => {
                  renewed.current = false;
                  setBroken(false);
                  renew();
                }}
              >
                {texts.common.retry}
              </Button>
            </>
          )}
        </span>
      )}
      {!isReady && local === undefined && (
        <span className={styles.instead}>
          {file.state === 'refused' ? <ImageOff size={22} aria-hidden="true" /> : <ShieldQuestion size={22} aria-hidden="true" />}
        </span>
      )}
    </PictureFrame>
  );
}

function FileRow({ message, file, isActive }: FileProps) {
  const { busy, download } = useDownload();
  return (
    <div className={styles.file}>
      <FileText size={28} aria-hidden="true" />
      <span className={styles.name}>
        <bdi>{file.name}</bdi> <span className={styles.size}>{formatSize(file.size)}</span>
      </span>
      {file.state === 'ready' && (
        <button
          type="button"
          className={styles.download}
          aria-label={said.downloadName(file.name)}
          title={said.download}
          aria-busy={busy || undefined}
          tabIndex={isActive ? 0 : -1}
          onClick={() => !busy && void download({ message, file })}
        >
          <Download size={20} aria-hidden="true" />
          <span>{said.download}</span>
        </button>
      )}
    </div>
  );
}

/** Why files do not show yet, or never will. */
function FileNotes({ files, own }: { readonly files: readonly MessageFile[]; readonly own: boolean }) {
  const refused = files.filter(({ state }) => state === 'refused');
  const reasons = new Set(refused.map(({ reason }) => (own ? fileRefusedInWords(reason) : said.refusedTheirs)));
  return (
    <>
      {files.some(({ state }) => state !== 'ready' && state !== 'refused') && (
        <p className={styles.note}>{own ? said.checking : said.checkingTheirs}</p>
      )}
      {[...reasons].map((words) => (
        <p key={words} className={styles.note} data-refused>
          {words}
        </p>
      ))}
    </>
  );
}

/** Whether an element has come near the part of the page that is seen. */
function useIsNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (!element.current) {
      return;
    }

    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setIsNear(true), {
      rootMargin: '300px',
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}
