import type { Ending } from './session';

type Message =
  { readonly kind: 'ask' } | { readonly kind: 'session'; readonly session: string } | { readonly kind: 'ended'; readonly ending: Ending };

/** How long to wait for another window's answer. One that is suspended does not answer. */
const patience = 300;

/** What the windows of one browser tell each other about the session. Only scripts of this origin hear it, and nothing is stored. */
export class OtherWindows {
  private readonly channel = openChannel();

  /**
   * @param own this window's session, for a window that asks.
   * @param onSession called with a session that another window began or renewed.
   * @param onEnded called when the session ended in another window.
   */
  follow(own: () => string | undefined, onSession: (session: string) => void, onEnded: (ending: Ending) => void): void {
    if (this.channel === undefined) {
      return;
    }

    this.channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'ask') {
        const session = own();
        if (session !== undefined) {
          this.tell(session);
        }
      } else if (data.kind === 'session') {
        onSession(data.session);
      } else {
        onEnded(data.ending);
      }
    };
  }

  /** Asks for the session; undefined if no window has one. */
  ask(): Promise<string | undefined> {
    const { channel } = this;
    if (channel === undefined) {
      return Promise.resolve(undefined);
    }

    return new Promise((resolve) => {
      const settle = (session: string | undefined) => {
        channel.removeEventListener('message', listen);
        clearTimeout(timer);
        resolve(session);
      };
      const listen = ({ data }: MessageEvent<Message>) => {
        if (data.kind === 'session') {
          settle(data.session);
        }
      };
      const timer = setTimeout(() => settle(undefined), patience);
      channel.addEventListener('message', listen);
      this.send({ kind: 'ask' });
    });
  }

  tell(session: string): void {
    this.send({ kind: 'session', session });
  }

  end(ending: Ending): void {
    this.send({ kind: 'ended', ending });
  }

  private send(message: Message): void {
    this.channel?.postMessage(message);
  }
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('connections.session');
  } catch {
    // A browser that blocks storage can block this too. Each window is then on its own.
    return undefined;
  }
}

/** Renews a session, while no other window does. */
export async function alone<T>(renew: () => Promise<T>): Promise<T> {
  // Undefined on pages without TLS.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? await locks.request('connections.renewal', renew) : await renew();
}
