import type { Problem } from '../api/problem';
import { noFilters, type Filters } from './filters';

/** The filters without those that the service refused; the text stays, for whoever typed it to change. */
export function withoutRefused(filters: Filters, refused: Problem['errors']): Filters {
  const names = Object.keys(noFilters).filter((name): name is keyof Filters => name !== 'q' && name in refused);
  return names.reduce((left, name) => ({ ...left, [name]: noFilters[name] }), filters);
}
