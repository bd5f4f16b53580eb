import { useContext } from 'react';
import { supportLink } from './support';
import { SessionContext } from './useSession';

/** The way to somebody who can help, for when the page itself cannot. Shows nothing where nobody is known yet. */
export function AskForHelp({ about }: { readonly about: string }) {
  const session = useContext(SessionContext);
  return session ? (
    <p>
      If it goes on, <a href={supportLink(session.config, about)}>ask your customer success manager</a>.
    </p>
  ) : null;
}
