import { createContext, useContext } from 'react';

/** What to do about it, such as to undo it. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** Something short to say, that goes away by itself or is put away. */
export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'refused';
  readonly title: string;
  readonly detail?: string | undefined;
  readonly action?: ToastAction | undefined;
}

/** Says that something happened, wherever on the page the person is. */
export interface Toasts {
  done(title: string, detail?: string, action?: ToastAction): void;
  refuse(title: string, detail: string): void;
}

export const ToastsContext = createContext<Toasts | undefined>(undefined);

export function useToasts(): Toasts {
  const toasts = useContext(ToastsContext);
  if (!toasts) {
    throw new Error('useToasts is for components inside ToastProvider.');
  }

  return toasts;
}

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
