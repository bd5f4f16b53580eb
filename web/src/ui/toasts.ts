import { createContext, useContext } from 'react';
import { texts } from '@/texts/texts';

/** An action offered by a toast, such as undo. */
interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** A short message that disappears by itself. */
export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'refused';
  readonly title: string;
  readonly detail?: string | undefined;
  readonly action?: ToastAction | undefined;
  /** Stays until it is withdrawn, dismissed or its action is taken. */
  readonly stays?: boolean | undefined;
}

/** Shows toasts, on any page. */
export interface Toasts {
  /** @returns a function that withdraws the toast. */
  done(title: string, detail?: string, action?: ToastAction, stays?: boolean): () => void;
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

/** Copies a text to the clipboard, and says whether it worked. */
export function useCopy(): (text: string) => Promise<void> {
  const toasts = useToasts();
  return async (text) => {
    try {
      // Undefined on insecure pages.
      await navigator.clipboard.writeText(text);
      toasts.done(texts.ui.copied);
    } catch {
      toasts.refuse(texts.ui.notCopied, texts.ui.notCopiedWhy);
    }
  };
}
