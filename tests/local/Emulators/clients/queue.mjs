import { readFileSync } from "node:fs";
import { QueueServiceClient } from "@azure/storage-queue";

export function connect(connectionString, certificate) {
  const tlsOptions = certificate && { ca: readFileSync(certificate) };
  const service = QueueServiceClient.fromConnectionString(connectionString, { tlsOptions });
  const of = (queue) => service.getQueueClient(queue);

  return {
    deleteAll: async () => {
      for await (const { name } of service.listQueues()) {
        await of(name).delete();
      }
    },
    create: async ({ queue }) => (await of(queue).createIfNotExists()).succeeded,
    send: async ({ queue, text }) => (await of(queue).sendMessage(text)).messageId,
    peek: async ({ queue }) => {
      const { peekedMessageItems } = await of(queue).peekMessages({ numberOfMessages: 32 });
      return peekedMessageItems.map((message) => message.messageText);
    },
    take: async ({ queue, hold }) => {
      const { receivedMessageItems } = await of(queue).receiveMessages({ numberOfMessages: 32, visibilityTimeout: hold });
      return receivedMessageItems.map((message) => message.messageText);
    },
    expiry: async ({ queue }) => {
      const { peekedMessageItems } = await of(queue).peekMessages({ numberOfMessages: 32 });
      return peekedMessageItems.map((message) => message.expiresOn);
    },
  };
}
