import { CloudOff, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Problem } from '@/api/problem';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import styles from './Notice.module.css';
import { AskForHelp } from './support';

/** A notice in place of content: why there is none, and what to do. */
export function Notice({
  icon: Icon,
  title,
  children,
  action,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <span className={styles.icon}>
        <Icon size={28} aria-hidden="true" />
      </span>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action}
    </div>
  );
}

/** Why what the member asked for was not done; nothing while there is no problem. */
export function Refusal({ problem }: { readonly problem: Problem | undefined }) {
  return (
    problem && (
      <p role="alert" className="problem">
        {texts.problems.whole(problem.title, problem.detail)}
      </p>
    )
  );
}

/** Why a query failed, with a button to try again. */
export function ProblemNotice({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const problem = Problem.from(error);
  // Network problems and mistakes of the member need no help from us.
  const isOurs = problem.status >= 500 || problem.code === 'unexpected';
  return (
    <div role="alert">
      <Notice
        icon={problem.code === 'offline' ? CloudOff : TriangleAlert}
        title={problem.title}
        action={<Button onClick={retry}>{texts.common.retry}</Button>}
      >
        <p>{problem.detail}</p>
        {isOurs && <AskForHelp about={`${problem.title}${problem.traceId === undefined ? '' : ` (${problem.traceId})`}`} />}
      </Notice>
    </div>
  );
}
