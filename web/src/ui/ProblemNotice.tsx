import { CloudOff, TriangleAlert } from 'lucide-react';
import { Problem } from '../api/problem';
import { Button } from './Button';
import { Notice } from './Notice';

/** Why something could not be loaded, and a way to try again. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const problem = Problem.from(error);
  return (
    <div role="alert">
      <Notice icon={problem.status === 0 ? CloudOff : TriangleAlert} title={problem.title} action={<Button onClick={retry}>Try again</Button>}>
        <p>{problem.detail}</p>
        {problem.status >= 500 && problem.traceId !== undefined && <p>For support: {problem.traceId}</p>}
      </Notice>
    </div>
  );
}
