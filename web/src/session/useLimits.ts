import type { Limits } from './config';
import { useSession } from './useSession';

/** What the service is set to allow. */
export function useLimits(): Limits {
  return useSession().config.limits;
}
