import { FileText, X } from 'lucide-react';
import { useId } from 'react';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { isPicture } from '@/files/fileKinds';
import { formatSize } from '@/files/formatSize';
import { useKeptFileUrl } from '@/messenger/files/useKeptFileUrl';
import { fileTexts as said } from '@/texts/files';
import { IconButton } from '@/ui/IconButton';
import { isEnter } from '@/ui/keyboard';
import { Skeleton } from '@/ui/Skeleton';
import styles from './Attachments.module.css';

// As many characters as the service takes.
const longestAlt = 500;

interface AttachmentsProps {
  readonly files: readonly FileToSend[];
  /** How many more are on their way. */
  readonly preparing: number;
  readonly onDescribe: (key: string, alt: string) => void;
  readonly onRemove: (key: string) => void;
  /** Called when the keyboard is done with a description. */
  readonly onDone: () => void;
}

/** The files of a message that is being written, above its text. */
export function Attachments({ files, preparing, onDescribe, onRemove, onDone }: AttachmentsProps) {
  const why = useId();
  const total = files.length + preparing;
  return (
    <>
      {total > 0 && (
        <div className={styles.attachments}>
          <ul className={styles.list} aria-label={said.attached}>
            {files.map((file) => (
              <li key={file.key} className={styles.file}>
                {isPicture(file.type) ? (
                  <>
                    <Thumbnail file={file} />
                    <input
                      className={styles.alt}
                      aria-label={said.altOf(file.name)}
                      aria-describedby={why}
                      placeholder={said.alt}
                      dir="auto"
                      maxLength={longestAlt}
                      value={file.alt ?? ''}
                      onChange={(event) => onDescribe(file.key, event.target.value)}
                      onKeyDown={(event) => {
                        // It would send the message.
                        if (isEnter(event)) {
                          event.preventDefault();
                          onDone();
                        }
                      }}
                    />
                  </>
                ) : (
                  <>
                    <span className={styles.thumbnail}>
                      <FileText size={22} aria-hidden="true" />
                    </span>
                    <span className={styles.name}>
                      <bdi>{file.name}</bdi> <span className="hint">{formatSize(file.size)}</span>
                    </span>
                  </>
                )}
                <IconButton label={said.remove(file.name)} icon={X} size="small" onClick={() => onRemove(file.key)} />
              </li>
            ))}
            {Array.from({ length: preparing }, (_, i) => (
              <li key={i} className={styles.file}>
                <span className={styles.thumbnail}>
                  <Skeleton shape="block" />
                </span>
                <span className="hint">{said.preparing}</span>
              </li>
            ))}
          </ul>
          {files.some(({ type }) => isPicture(type)) && (
            <p id={why} className={styles.why}>
              {said.altWhy}
            </p>
          )}
        </div>
      )}
      <span role="status" className="visually-hidden">
        {preparing > 0 ? said.preparing : total > 0 ? said.attachedCount(total) : ''}
      </span>
    </>
  );
}

function Thumbnail({ file }: { readonly file: FileToSend }) {
  const url = useKeptFileUrl(file.key);
  return <span className={styles.thumbnail}>{url !== undefined && <img src={url} alt="" />}</span>;
}
