import { createContext, useContext } from 'react';
import { texts } from '@/texts/texts';

/** The email address of the customer success manager; undefined until somebody is signed in. */
export const SupportContext = createContext<string | undefined>(undefined);

/** A link that starts an email to the customer success manager. */
export function supportLink(address: string, subject = texts.ui.supportSubject): string {
  return `mailto:${address}?subject=${encodeURIComponent(subject)}`;
}

/** Tells a member where to get help with a fault of the product. Shows nothing before sign-in. */
export function AskForHelp({ about }: { readonly about: string }) {
  const address = useContext(SupportContext);
  return address === undefined ? null : (
    <p>
      {texts.ui.ifItKeeps((ask) => (
        <a href={supportLink(address, about)}>{ask}</a>
      ))}
    </p>
  );
}
