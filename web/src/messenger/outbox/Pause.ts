import type { Problem } from '@/api/problem';

const firstPause = 2_000;
const longestPause = 60_000;
const aMinute = 60;

/** The pause after a failure that will pass: as long as the server says, or longer with every failure. */
export class Pause {
  private because: { readonly problem: Problem; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  private failures = 0;

  constructor(private readonly onEnd: () => void) {}

  /** What failed, until the pause ends. */
  get problem(): Problem | undefined {
    return this.because?.problem;
  }

  /** @returns false if the problem will not pass by itself. */
  begin(problem: Problem): boolean {
    const milliseconds =
      problem.status === 429
        ? (problem.retryAfter ?? aMinute) * 1000
        : problem.isTransient || problem.status === 401
          ? Math.min(firstPause * 2 ** this.failures++, longestPause)
          : undefined;
    if (milliseconds === undefined) {
      return false;
    }

    this.end();
    const timer = setTimeout(() => {
      this.end();
      this.onEnd();
    }, milliseconds);
    this.because = { problem, timer };
    return true;
  }

  end(): void {
    clearTimeout(this.because?.timer);
    this.because = undefined;
  }

  succeeded(): void {
    this.failures = 0;
  }
}
