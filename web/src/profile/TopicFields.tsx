import { Panel } from '../ui/Panel';
import { CategoriesField } from './CategoriesField';
import type { FormPart } from './form';
import { TagsField } from './TagsField';

/** What the member is about; for a creator, also by which words they are found. */
export function TopicFields({ isCreator, ...part }: FormPart & { readonly isCreator: boolean }) {
  return (
    <Panel>
      <h2>{isCreator ? 'What you publish about' : 'What you are about'}</h2>
      <CategoriesField {...part} />
      {isCreator && <TagsField {...part} />}
    </Panel>
  );
}
