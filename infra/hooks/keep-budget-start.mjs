// A budget's first month must not have passed when the budget is made, and can never be changed after that. So the month of the first
// deployment that has a budget is kept in the azd environment.
import { execFileSync } from 'node:child_process';

if (Number(process.env.MONTHLY_BUDGET) > 0 && !process.env.BUDGET_START) {
  const firstOfMonth = `${new Date().toISOString().slice(0, 7)}-01`;
  execFileSync('azd', ['env', 'set', 'BUDGET_START', firstOfMonth], { stdio: 'inherit', shell: process.platform === 'win32' });
}
