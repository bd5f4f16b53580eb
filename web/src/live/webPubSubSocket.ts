import type { WebPubSubClient, WebPubSubClientProtocol } from '@azure/web-pubsub-client';
import type { OpenSocket, SocketListeners } from './LiveConnection';

/** How often the client pings the service, which answers: the longest silence of a connection that lives. */
export const pingEvery = 10_000;

/** A connection by the official Web PubSub client, with the reliable subprotocol: a break of up to half a minute loses nothing. */
export const openWebPubSub: OpenSocket = (access, listeners) => {
  const socket = new WebPubSubSocket(access, listeners);
  void socket.start();
  return socket;
};

/**
 * Makes up for two things of the client. It says nothing when its socket breaks and it tries to take up the connection, so every frame
 * is told of here. And its `stop` does nothing at such times, nor while it connects: what is closed then is stopped when it comes back.
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
      // Not needed to show the page, and half as large as all the rest.
      const { WebPubSubClient: Client, WebPubSubJsonReliableProtocol } = await import('@azure/web-pubsub-client');
      const client = new Client(
        { getClientAccessUrl: () => this.url() },
        {
          protocol: this.activity(WebPubSubJsonReliableProtocol()),
          // A new connection is up to whoever opened this one; all groups are the service's own business.
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
