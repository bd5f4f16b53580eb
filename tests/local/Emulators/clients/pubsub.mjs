import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient, WebPubSubJsonReliableProtocol } from "@azure/web-pubsub-client";

export function connect(connectionString) {
  const service = new WebPubSubServiceClient(connectionString, "connections", { allowInsecureConnection: true });
  const messages = [];
  const clients = [];

  return {
    access: async ({ user, minutes }) => (await service.getClientAccessToken({ userId: user, expirationTimeInMinutes: minutes })).url,
    exists: ({ user }) => service.userExists(user),
    send: ({ user, message, options }) => service.sendToUser(user, message, options),
    sendToAll: ({ message }) => service.sendToAll(message),

    closeUser: async ({ user }) => {
      await service.closeUserConnections(user, { reason: "enough" });
    },

    // Opens a client of a user, with a URL that the service client signs locally.
    open: async ({ user }) => {
      const { url } = await service.getClientAccessToken({ userId: user });
      const client = new WebPubSubClient(url, { protocol: WebPubSubJsonReliableProtocol() });
      client.on("server-message", (e) => messages.push(e.message.data));
      const connected = new Promise((resolve) => client.on("connected", (e) => resolve(e.userId)));
      await client.start();
      clients.push(client);
      return connected;
    },
    close: () => {
      clients.splice(0).forEach((client) => client.stop());
    },
    received: () => messages,
  };
}
