import { createContext, useContext } from 'react';

/** The email address of the customer success manager; undefined until somebody is signed in. */
export const SupportContext = createContext<string | undefined>(undefined);

/** A link that starts an email to the customer success manager. */
export function supportLink(address: string, subject = 'A question about Connections'): string {
  return `mailto:${address}?subject=${encodeURIComponent(subject)}`;
}

/** Tells a member where to get help with a fault of the product. Shows nothing before sign-in. */
export function AskForHelp({ about }: { readonly about: string }) {
  const address = useContext(SupportContext);
  return address === undefined ? null : (
    <p>
      If this keeps happening, <a href={supportLink(address, about)}>ask your customer success manager</a>.
    </p>
  );
}
