import { Download, Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import type { MessageFile } from '@/api/types';
import { isPicture } from '@/files/fileKinds';
import { formatSize } from '@/files/formatSize';
import { moderationTexts } from '@/texts/moderation';
import { Button } from '@/ui/Button';
import { saveFile } from '@/ui/saveFile';
import { useToasts } from '@/ui/toasts';
import styles from './ReportedFiles.module.css';

const said = moderationTexts.files;

interface ReportedFilesProps {
  readonly reportId: string;
  readonly files: readonly MessageFile[];
}

/** The files of a reported message, of which the report keeps copies. Nothing of them shows unasked: it may be hard to look at. */
export function ReportedFiles({ reportId, files }: ReportedFilesProps) {
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <ReportedFile key={file.id} reportId={reportId} file={file} />
      ))}
    </ul>
  );
}

function ReportedFile({ reportId, file }: { readonly reportId: string; readonly file: MessageFile }) {
  const api = useApi();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<string>();
  useEffect(() => () => URL.revokeObjectURL(shown ?? ''), [shown]);
  const read = async () => {
    setBusy(true);
    try {
      const path = { id: reportId, fileId: file.id };
      const { url } = body(await api.calls.GET('/api/moderation/reports/{id}/files/{fileId}', { params: { path } }));
      const response = await fetch(url, { referrerPolicy: 'no-referrer' });
      if (!response.ok) {
        throw await Problem.of(response);
      }

      const content = await response.blob();
      if (isPicture(file.type)) {
        setShown(URL.createObjectURL(content));
      } else {
        saveFile({ name: file.name, content });
      }
    } catch (error) {
      toasts.refuse(said.notLoaded, Problem.from(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={styles.file}>
      <p>
        <bdi>{file.name}</bdi> <span className="hint">{formatSize(file.size)}</span>
      </p>
      {file.alt !== undefined && <p dir="auto">{file.alt}</p>}
      {file.state !== 'ready' ? (
        <p className="hint">{said.refused}</p>
      ) : shown !== undefined ? (
        <img src={shown} alt={file.alt ?? file.name} className={styles.picture} />
      ) : (
        <Button
          size="small"
          icon={isPicture(file.type) ? Eye : Download}
          busy={busy}
          aria-label={isPicture(file.type) ? said.showName(file.name) : said.downloadName(file.name)}
          onClick={() => void read()}
        >
          {isPicture(file.type) ? said.show : said.download}
        </Button>
      )}
    </li>
  );
}
