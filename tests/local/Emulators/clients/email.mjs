import { EmailClient } from "@azure/communication-email";

export function connect(connectionString) {
  const client = new EmailClient(connectionString, { allowInsecureConnection: true });
  return {
    // Waits for the final status of the operation.
    send: async ({ message, operationId }) => {
      const poller = await client.beginSend(message, { operationId, updateIntervalInMs: 10 });
      return poller.pollUntilDone();
    },
  };
}
