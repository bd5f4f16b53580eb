import { FileText } from 'lucide-react';
import { isPicture } from '@/files/fileKinds';
import type { FileToSend } from './FileToSend';
import { filesInWords, formatPercent } from './fileWords';
import { formatSize } from '@/files/formatSize';
import styles from './MessageFiles.module.css';
import { PictureFrame } from './PictureFrame';
import { useKeptFileUrl } from './useKeptFileUrl';
import { fileTexts as said } from '@/texts/files';

interface UnsentFilesProps {
  readonly files: readonly FileToSend[];
  /** How much of them is uploaded, while they are. */
  readonly percent: number | undefined;
}

/** The files of a message that is not sent yet. */
export function UnsentFiles({ files, percent }: UnsentFilesProps) {
  const pictures = files.filter(({ type }) => isPicture(type));
  return (
    <>
      {pictures.length > 0 && (
        <ul className={styles.pictures} data-count={pictures.length}>
          {pictures.map((file) => (
            <UnsentPicture key={file.key} file={file} />
          ))}
        </ul>
      )}
      {files
        .filter(({ type }) => !isPicture(type))
        .map((file) => (
          <div key={file.key} className={styles.file}>
            <FileText size={28} aria-hidden="true" />
            <span className={styles.name}>
              <bdi>{file.name}</bdi> <span className={styles.size}>{formatSize(file.size)}</span>
            </span>
          </div>
        ))}
      {percent !== undefined && (
        <progress className={styles.progress} max={100} value={percent} aria-label={said.uploading(formatPercent(percent))} />
      )}
    </>
  );
}

function UnsentPicture({ file }: { readonly file: FileToSend }) {
  return (
    <PictureFrame width={file.width} height={file.height} src={useKeptFileUrl(file.key)} label={filesInWords([file])} isActive={false} />
  );
}
