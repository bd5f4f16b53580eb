import { useSession } from '@/session/useSession';
import { Page } from '@/ui/Page';
import { supportLink } from '@/ui/support';
import { ErasePanel } from './ErasePanel';
import { ExportPanel } from './ExportPanel';

/** The member's own data: the export and the erasure. */
export function YourDataPage() {
  const { config } = useSession();
  return (
    <Page title="Your data" intro="What is stored about you is yours.">
      <ExportPanel />
      <ErasePanel />
      <p>
        A question about your data? <a href={supportLink(config.support, 'A question about my data')}>Ask your customer success manager</a>.
      </p>
    </Page>
  );
}
