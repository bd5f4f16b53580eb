// Runs Microsoft's unmodified JavaScript clients against the emulators.
//
//   node run.mjs <cosmos|email|pubsub|queue> <connection string> [<file of a certificate to trust>]
//
// Reads calls from stdin, one JSON object a line: { "call": name, "with": arguments }. Answers each with a line on stdout:
// { "result": … } or { "error": { "status", "code", "message" } }.
import readline from "node:readline";

const [service, connectionString, certificate] = process.argv.slice(2);
const { connect } = await import(`./${service}.mjs`);
const calls = connect(connectionString, certificate);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { call, with: given } = JSON.parse(line);
  let answer;
  try {
    answer = { result: (await calls[call](given)) ?? null };
  } catch (e) {
    answer = { error: { status: e.statusCode ?? (Number(e.code) || null), code: String(e.code ?? e.name), message: e.message } };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
