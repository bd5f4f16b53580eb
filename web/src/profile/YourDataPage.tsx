import { useSession } from '@/session/useSession';
import { texts } from '@/texts/texts';
import { Page } from '@/ui/Page';
import { supportLink } from '@/ui/support';
import { ErasePanel } from './ErasePanel';
import { ExportPanel } from './ExportPanel';

const said = texts.data;

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
