// Generates TypeScript clients from the contract, as their users do, and fails with the first warning.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const contract = join(import.meta.dirname, '../../functions/openapi.yaml');
const folder = mkdtempSync(join(tmpdir(), 'contract-'));
const modules = join(import.meta.dirname, 'node_modules');
symlinkSync(modules, join(folder, 'node_modules'));
const tool = (name) => join(modules, '.bin', name);

function run(name, ...args) {
  const { status, stdout, stderr } = spawnSync(tool(name), args, { cwd: folder, encoding: 'utf8' });
  const said = stdout + stderr;
  if (status !== 0 || /warn/i.test(said)) {
    throw new Error(`${name} says:\n${said}`);
  }
}

run('openapi-ts', '--input', contract, '--output', join(folder, 'hey'), '--client', '@hey-api/client-fetch');
run('openapi-typescript', contract, '--output', join(folder, 'schema.d.ts'));

// What an app's code looks like: an unknown category is a string like any other, and a problem is one type.
writeFileSync(
  join(folder, 'app.ts'),
  `import { findCreators, sendInvite, sendMessage, type CallersCard, type LiveEvent, type Problem } from './hey';
import type { components, webhooks } from './schema';

export async function main(): Promise<Problem | undefined> {
  const page = await findCreators({ query: { category: ['a-later-category'], limit: 100 } });
  const card: CallersCard | undefined = page.data?.value[0];
  const invited = await sendInvite({ body: { creatorId: card?.id ?? '', note: null } });
  const sent = await sendMessage({ path: { id: invited.data?.id ?? '' }, body: { clientId: '1', text: 'Hi' } });
  return sent.error;
}

export const told = (event: LiveEvent) => (event.type === 'message.created' ? event.message.text : event.type);
export type Created = webhooks['message.created']['post'];
export const seq = (message: components['schemas']['Message']): number => message.seq;
`,
);
execFileSync(
  tool('tsc'),
  ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', 'app.ts'],
  { cwd: folder, stdio: 'inherit' },
);
console.log(`Two clients are generated and compile: ${readdirSync(join(folder, 'hey')).join(', ')}, schema.d.ts`);
