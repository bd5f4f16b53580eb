import type { AppConfig } from './config';

/** A new email to the customer success manager. */
export function supportLink(config: AppConfig, subject = 'A question about Connections'): string {
  return `mailto:${config.support}?subject=${encodeURIComponent(subject)}`;
}
