import { serverNow } from '@/api/serverTime';
import type { Platform } from '@/api/types';
import { language, texts } from '@/texts/texts';

const inAYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const inAnyYear = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** Where a platform's numbers come from: "checked 3 Nov", or "as stated" by the creator. Undefined if the API does not say. */
export function numbersFrom({ source, checkedAt }: Pick<Platform, 'source' | 'checkedAt'>): string | undefined {
  if (checkedAt === undefined) {
    return source === 'self' ? texts.creators.asStated : undefined;
  }

  const at = new Date(checkedAt);
  const isThisYear = at.getFullYear() === new Date(serverNow()).getFullYear();
  return texts.creators.checked((isThisYear ? inAYear : inAnyYear).format(at));
}
