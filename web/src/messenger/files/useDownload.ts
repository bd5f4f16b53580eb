import { useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { fileTexts as said } from '@/texts/files';
import { saveFile } from '@/ui/saveFile';
import { useToasts } from '@/ui/toasts';
import { readFile, type SentFile } from './useFileLink';

/**
 * Saves files of messages where the browser keeps downloads.
 *
 * @param refuse says why that failed, in place of a toast, which a dialog would cover.
 */
export function useDownload(refuse?: (why: string) => void) {
  const api = useApi();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    download: async (sent: SentFile): Promise<void> => {
      setBusy(true);
      try {
        saveFile({ name: sent.file.name, content: await readFile(api, sent) });
      } catch (error) {
        const { detail } = Problem.from(error);
        if (refuse) {
          refuse(`${said.notLoadedFile}. ${detail}`);
        } else {
          toasts.refuse(said.notLoadedFile, detail);
        }
      } finally {
        setBusy(false);
      }
    },
  };
}
