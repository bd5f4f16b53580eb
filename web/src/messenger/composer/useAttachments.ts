import { useEffect, useMemo, useRef, useState } from 'react';
import { type FileToSend, filesIn } from '@/messenger/files/FileToSend';
import { mostFiles } from '@/files/fileKinds';
import { newId } from '@/messenger/files/newId';
import { draftKey, useDraft } from '@/session/drafts';
import { dropKeptFile, keepFile, pruneKeptFiles } from '@/session/keptFiles';
import { fileTexts as said } from '@/texts/files';
import { useToasts } from '@/ui/toasts';

/** The files of a message that is being written. They survive a reload until they are sent or removed. */
export function useAttachments(me: string, connectionId: string) {
  const [stored, setStored] = useDraft(draftKey(me, 'files', connectionId));
  const [preparing, setPreparing] = useState(0);
  const toasts = useToasts();
  const files = useMemo(() => parse(stored), [stored]);
  // A file is ready some time after it was picked. Others may have come and gone.
  const latest = useRef(files);
  useEffect(() => {
    latest.current = files;
  }, [files]);
  const awaited = useRef(0);
  const change = (next: readonly FileToSend[]) => {
    latest.current = next;
    setStored(next.length === 0 ? '' : JSON.stringify(next));
  };
  const addOne = async (file: File): Promise<void> => {
    const { prepareFile, UnfitFile } = await import('@/files/prepareFile');
    try {
      const { content, ...prepared } = await prepareFile(file);
      const key = newId();
      await keepFile(me, key, content);
      change([...latest.current, { key, size: content.size, ...prepared }]);
    } catch (error) {
      toasts.refuse(said.notAdded(file.name), said.unfit[error instanceof UnfitFile ? error.reason : 'damaged']);
    }
  };
  return {
    files,
    /** How many picked files are not ready yet. */
    preparing,
    add: async (picked: readonly File[]): Promise<void> => {
      const room = mostFiles - latest.current.length - awaited.current;
      const taken = picked.slice(0, Math.max(0, room));
      if (taken.length < picked.length) {
        toasts.refuse(said.tooMany(mostFiles), said.tooManyWhy);
      }

      pruneKeptFiles(me).catch(() => undefined);
      awaited.current += taken.length;
      setPreparing(awaited.current);
      // One at a time: a photo takes a hundred megabytes of memory while it is drawn.
      for (const file of taken) {
        await addOne(file).catch(() => toasts.refuse(said.notAdded(file.name), said.unfit.damaged));
        awaited.current -= 1;
        setPreparing(awaited.current);
      }
    },
    describe: (key: string, alt: string) => change(latest.current.map((file) => (file.key === key ? { ...file, alt } : file))),
    remove: (key: string) => {
      change(latest.current.filter((file) => file.key !== key));
      void dropKeptFile(me, key);
    },
    /** The files for the message that is sent now. */
    take: (): readonly FileToSend[] => {
      const taken = latest.current.map(({ alt = '', ...file }) => (alt.trim() === '' ? file : { ...file, alt: alt.trim() }));
      change([]);
      return taken;
    },
  };
}

function parse(stored: string): readonly FileToSend[] {
  try {
    return stored === '' ? [] : filesIn(JSON.parse(stored));
  } catch {
    return [];
  }
}
