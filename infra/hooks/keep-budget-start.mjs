// A budget's first month can be chosen once and never changed, so that the first deployment's is kept in the azd environment.
import { execFileSync } from 'node:child_process';

if (!process.env.BUDGET_START) {
  const firstOfMonth = `${new Date().toISOString().slice(0, 7)}-01`;
  execFileSync('azd', ['env', 'set', 'BUDGET_START', firstOfMonth], { stdio: 'inherit', shell: process.platform === 'win32' });
}
