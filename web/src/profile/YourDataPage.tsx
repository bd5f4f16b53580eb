import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSession } from '@/session/useSession';
import { accountTexts } from '@/texts/account';
import { language, texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Refusal } from '@/ui/Notice';
import { Page, Panel } from '@/ui/Page';
import { supportLink } from '@/ui/support';
import { ErasePanel } from './ErasePanel';
import { readExport } from './exportFile';
import { saveFile } from '@/ui/saveFile';
import styles from './YourDataPage.module.css';

const said = accountTexts.data;

/** The member's own data: the export and the erasure. */
export function YourDataPage() {
  const { config } = useSession();
  return (
    <Page title={texts.pages.data} intro={said.intro}>
      <ExportPanel />
      <ErasePanel />
      <p>
        {said.question((ask) => (
          <a href={supportLink(config.support, said.questionSubject)}>{ask}</a>
        ))}
      </p>
    </Page>
  );
}

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
      <h2>{said.export}</h2>
      <p>{said.exportWhat}</p>
      <div className={styles.actions}>
        <Button icon={Download} busy={download.isPending} onClick={() => download.mutate()}>
          {download.isPending ? said.downloading : said.download}
        </Button>
        {download.isPending && <Button onClick={() => running.current?.abort()}>{said.downloadStop}</Button>}
        {download.isPending && bytes > 0 && <span>{said.downloadedSoFar(size.format(Math.ceil(bytes / 1000)))}</span>}
        <div role="status">
          {download.isSuccess && <p>{said.downloaded(download.data.name)}</p>}
          {stopped && <p>{said.downloadStopped}</p>}
        </div>
      </div>
      <Refusal problem={problem} />
    </Panel>
  );
}
