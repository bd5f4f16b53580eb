// Generates TypeScript clients from the contract, as their users do, and fails with the first warning. Given the address of a running
// host and a name, two members of each app by that name do the main job there.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const contract = join(import.meta.dirname, '../../functions/openapi.yaml');
const folder = mkdtempSync(join(tmpdir(), 'contract-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const modules = join(import.meta.dirname, 'node_modules');
symlinkSync(modules, join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
cpSync(join(import.meta.dirname, 'apps'), folder, { recursive: true });

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} says:\n${stdout}${stderr}`);
  }

  return { stdout, stderr };
}

function generate(name, ...args) {
  const { stdout, stderr } = run(join(modules, '.bin', name), ...args);
  if (/warn/i.test(stdout + stderr)) {
    throw new Error(`${name} says:\n${stdout}${stderr}`);
  }
}

generate('openapi-ts', '--input', contract, '--output', join(folder, 'generated'), '--client', '@hey-api/client-fetch');
generate('openapi-typescript', contract, '--output', join(folder, 'schema.d.ts'));
run(
  process.execPath,
  join(modules, 'typescript/bin/tsc'),
  ...['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16'],
  ...['hey.ts', 'fetch.ts'],
);

const [host, name] = process.argv.slice(2);
if (host === undefined) {
  console.log(`Two clients are generated and compile: ${readdirSync(join(folder, 'generated')).join(', ')}, schema.d.ts`);
} else {
  for (const app of ['hey', 'fetch']) {
    process.stdout.write(run(process.execPath, `${app}.js`, host, `${name}-${app}`).stdout);
  }
}
