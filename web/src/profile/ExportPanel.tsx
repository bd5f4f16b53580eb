import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { Button } from '@/ui/Button';
import { language } from '@/ui/language';
import { Panel } from '@/ui/Page';
import { readExport, saveFile } from './exportFile';
import styles from './YourDataPage.module.css';

const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });

/** The download of all data stored about the member. */
export function ExportPanel() {
  const api = useApi();
  const [bytes, setBytes] = useState(0);
  const running = useRef<AbortController>(undefined);
  const download = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      running.current = controller;
      setBytes(0);
      return await readExport(await api.fetch('/api/me/export', { signal: controller.signal }), setBytes);
    },
    onSuccess: saveFile,
  });
  useEffect(() => () => running.current?.abort(), []);
  const stopped = download.error instanceof DOMException && download.error.name === 'AbortError';
  const problem = download.error && !stopped ? Problem.from(download.error) : undefined;
  return (
    <Panel>
      <h2>Take your data with you</h2>
      <p>
        One file in JSON with all that is stored about you: your profile, email preferences, favourites, whom you block, your reports, and
        your connections with every message in them.
      </p>
      <div className={styles.actions}>
        <Button icon={Download} busy={download.isPending} onClick={() => download.mutate()}>
          {download.isPending ? 'Downloading…' : 'Download your data'}
        </Button>
        {download.isPending && <Button onClick={() => running.current?.abort()}>Stop</Button>}
        {download.isPending && bytes > 0 && <span>{`${size.format(Math.ceil(bytes / 1000))} so far`}</span>}
        <div role="status">
          {download.isSuccess && <p>{`Saved as ${download.data.name}, where your browser keeps downloads.`}</p>}
          {stopped && <p>Stopped. Nothing was saved.</p>}
        </div>
      </div>
      {problem && (
        <p role="alert" className="problem">
          {`${problem.title}. ${problem.detail}`}
        </p>
      )}
    </Panel>
  );
}
