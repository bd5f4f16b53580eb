import { useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { fileTexts as said } from '@/texts/files';
import { saveFile } from '@/ui/saveFile';
import { useToasts } from '@/ui/toasts';
import { readFile, type SentFile } from './useFileLink';

/** Saves files of messages where the browser keeps downloads. */
export function useDownload() {
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
        toasts.refuse(said.notLoadedFile, Problem.from(error).detail);
      } finally {
        setBusy(false);
      }
    },
  };
}
