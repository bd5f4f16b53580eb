import type { WebPubSubClient, WebPubSubClientProtocol } from '@azure/web-pubsub-client';
import type { OpenSocket, SocketListeners } from './LiveConnection';

/** How often the client pings the service, and so the longest silence on a working connection. */
const pingEvery = 10_000;

/**
 * A connection by the official Web PubSub client with the reliable subprotocol, which loses nothing in an interruption of up to half a
 * minute.
 */
export const openWebPubSub: OpenSocket = (access, listeners) => {
  const socket = new WebPubSubSocket(access, listeners);
  void socket.start();
  return socket;
};

/**
 * Works around two gaps in the client. It does not report recovery of a broken socket, so every frame is reported as activity. And its
 * `stop` has no effect during recovery or while it connects, so a closed socket is stopped when it comes back.
 */
class WebPubSubSocket {
  private client: WebPubSubClient | undefined;
  private closed = false;

  constructor(
    private readonly access: () => Promise<string>,
    private readonly listeners: SocketListeners,
  ) {}

  async start(): Promise<void> {
    try {
      // Loaded on demand: the page does not need it to render, and it is half the size of everything else.
      const { WebPubSubClient: Client, WebPubSubJsonReliableProtocol } = await import('@azure/web-pubsub-client');
      const client = new Client(
        { getClientAccessUrl: () => this.url() },
        {
          protocol: this.activity(WebPubSubJsonReliableProtocol()),
          // The owner of this socket reconnects; the service manages groups.
          autoReconnect: false,
          autoRejoinGroups: false,
          keepAliveIntervalInMs: pingEvery,
          keepAliveTimeoutInMs: 3 * pingEvery,
        },
      );
      this.client = client;
      client.on('connected', () => this.notify(this.listeners.connected));
      client.on('stopped', () => this.notify(this.listeners.ended));
      client.on('server-message', ({ message }) => this.notify(() => this.listeners.event(message.data)));
      await client.start();
    } catch {
      this.notify(this.listeners.ended);
    }
  }

  close(): void {
    this.closed = true;
    this.client?.stop();
  }

  private async url(): Promise<string> {
    if (this.closed) {
      throw new Error('Closed before it connected.');
    }

    return await this.access();
  }

  private activity(protocol: WebPubSubClientProtocol): WebPubSubClientProtocol {
    return {
      name: protocol.name,
      isReliableSubProtocol: protocol.isReliableSubProtocol,
      writeMessage: (message) => protocol.writeMessage(message),
      parseMessages: (input) => {
        if (this.closed) {
          this.client?.stop();
          return null;
        }

        this.listeners.activity();
        return protocol.parseMessages(input);
      },
    };
  }

  private notify(listener: () => void): void {
    if (!this.closed) {
      listener();
    }
  }
}
