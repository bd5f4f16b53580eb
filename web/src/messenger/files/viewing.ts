import { createContext, useContext } from 'react';
import type { SentFile } from './useFileLink';

const OpenPictureContext = createContext<((picture: SentFile) => void) | undefined>(undefined);

/** Gives the pictures of a conversation the function that shows one large. */
export const OpenPictureProvider = OpenPictureContext.Provider;

/** Shows a picture large; undefined where pictures cannot be shown so. */
export function useOpenPicture(): ((picture: SentFile) => void) | undefined {
  return useContext(OpenPictureContext);
}
