/** What a socket tells of. */
export interface SocketListeners {
  /** It is connected anew: what was sent to the member before is gone. */
  readonly connected: () => void;
  /** Something came through it, so it lives; also when it has taken up a broken connection without loss. */
  readonly heard: () => void;
  readonly event: (data: unknown) => void;
  /** It has ended, and does not try again. */
  readonly ended: () => void;
}

/** One connection to the live service. */
export interface Socket {
  /** Ends it for good; it tells nothing more. */
  close(): void;
}

/**
 * Opens a connection.
 * @param access asks the API for a URL to connect to; each connects once.
 */
export type OpenSocket = (access: () => Promise<string>, listeners: SocketListeners) => Socket;
