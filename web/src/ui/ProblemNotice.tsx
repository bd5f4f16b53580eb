import { CloudOff, TriangleAlert } from 'lucide-react';
import { Problem } from '../api/problem';
import { AskForHelp } from '../session/AskForHelp';
import { Button } from './Button';
import { Notice } from './Notice';

/** Why something could not be loaded, and a way to try again. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const problem = Problem.from(error);
  // What the network or the member can mend needs nobody's help.
  const isOurs = problem.status >= 500 || problem.code === 'unexpected';
  return (
    <div role="alert">
      <Notice
        icon={problem.code === 'offline' ? CloudOff : TriangleAlert}
        title={problem.title}
        action={<Button onClick={retry}>Try again</Button>}
      >
        <p>{problem.detail}</p>
        {isOurs && <AskForHelp about={`${problem.title}${problem.traceId === undefined ? '' : ` (${problem.traceId})`}`} />}
      </Notice>
    </div>
  );
}
