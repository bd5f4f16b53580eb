// Runs the official client library behind a proxy that can interrupt the network.
//
//   node client.mjs <client URL> <json|reliable>
//
// Reads commands from stdin and writes events to stdout, one JSON object a line. The client connects through a TCP proxy in
// this process. `cut` breaks its connections on both sides, `vanish` on the client's side only, so that the service does not
// notice. Both refuse new connections until `restore`.
import net from "node:net";
import readline from "node:readline";
import { WebPubSubClient, WebPubSubJsonProtocol, WebPubSubJsonReliableProtocol } from "@azure/web-pubsub-client";

const [url, protocol] = process.argv.slice(2);
const say = (event, fields = {}) => process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);

let target = Number(new URL(url).port);
let up = true;
const links = new Set();

const proxy = net.createServer((near) => {
  near.on("error", () => {});
  if (!up) {
    near.resetAndDestroy();
    return;
  }
  const far = net.connect(target, "127.0.0.1");
  const link = { near, far };
  links.add(link);
  far.on("error", () => {});
  near.on("data", (bytes) => far.write(bytes));
  far.on("data", (bytes) => near.write(bytes));
  near.on("end", () => far.end());
  far.on("end", () => near.end());
  far.on("close", () => {
    links.delete(link);
    near.destroy();
  });
});
await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));

const throughProxy = new URL(url);
throughProxy.port = proxy.address().port;
const client = new WebPubSubClient(throughProxy.toString(), {
  protocol: protocol === "reliable" ? WebPubSubJsonReliableProtocol() : WebPubSubJsonProtocol(),
  // Tests expect refusals, so the library must not retry.
  messageRetryOptions: { maxRetries: 0 },
});
client.on("connected", (e) => say("connected", { connectionId: e.connectionId, userId: e.userId }));
client.on("disconnected", (e) => say("disconnected", { connectionId: e.connectionId }));
client.on("stopped", () => say("stopped"));
client.on("server-message", (e) => say("message", { data: e.message.data, sequenceId: e.message.sequenceId }));
client.on("group-message", (e) => say("group-message", { data: e.message.data, group: e.message.group, from: e.message.fromUserId }));

const commands = {
  start: () => client.start(),
  stop: () => client.stop(),
  joinGroup: ({ group, ackId }) => client.joinGroup(group, { ackId }),
  leaveGroup: ({ group }) => client.leaveGroup(group),
  sendToGroup: ({ group, data, noEcho }) => client.sendToGroup(group, data, "json", { noEcho }),
  sendEvent: ({ name }) => client.sendEvent(name, {}, "json"),
  invokeEvent: ({ name }) => client.invokeEvent(name, {}, "json"),
  cut: () => {
    up = false;
    for (const { near, far } of links) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  },
  vanish: () => {
    up = false;
    for (const { near, far } of links) {
      far.removeAllListeners("data").pause();
      near.removeAllListeners("end").resetAndDestroy();
    }
  },
  restore: ({ port }) => {
    target = port ?? target;
    up = true;
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { command, ...fields } = JSON.parse(line);
  try {
    const result = await commands[command](fields);
    say("done", { command, duplicate: result?.isDuplicated });
  } catch (e) {
    say("failed", { command, error: e.errorDetail?.name ?? e.name, message: e.errorDetail?.message ?? e.message });
  }
}
process.exit(0);
