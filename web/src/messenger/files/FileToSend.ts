import type { FileType } from '@/files/fileKinds';

/** A file of a message that is not sent yet. Its content is in `session/keptFiles`, under its key. */
export interface FileToSend {
  readonly key: string;
  readonly name: string;
  readonly type: FileType;
  readonly size: number;
  /** The size of a picture in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What a picture shows, in the member's words. */
  readonly alt?: string;
  /** The file at the service, once all of it is there. */
  readonly id?: string;
}

/** The files in a stored text; none in one that this version of the client has not written. */
export function filesIn(stored: unknown): readonly FileToSend[] {
  return Array.isArray(stored)
    ? (stored as readonly Partial<FileToSend>[]).flatMap((file) =>
        typeof file.key === 'string' && typeof file.name === 'string' && typeof file.type === 'string' && typeof file.size === 'number'
          ? [file as FileToSend]
          : [],
      )
    : [];
}
