import { useToasts } from './toasts';

/** Copies a text, and says that it did or what to do instead. */
export function useCopy(): (text: string) => Promise<void> {
  const toasts = useToasts();
  return async (text) => {
    try {
      // Absent where the page is not secure.
      await navigator.clipboard.writeText(text);
      toasts.done('Copied');
    } catch {
      toasts.refuse('The text was not copied', 'This browser does not let the page copy. Select the text and copy it yourself.');
    }
  };
}
