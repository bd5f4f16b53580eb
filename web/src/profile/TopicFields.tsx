import { type KeyboardEvent, useState } from 'react';
import { categories, categoryName } from '@/members/names';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { ChipList } from '@/ui/ChipList';
import { charactersIn, TextField } from '@/ui/Field';
import { useRowFocus } from '@/ui/focus';
import { isEnter } from '@/ui/keyboard';
import { Panel } from '@/ui/Page';
import { ChipsField } from './ChipsField';
import { labels } from './differences';
import listStyles from './ListField.module.css';
import { errorOfList, type FormPart } from './readDraft';

const said = accountTexts.profile;

/** The member's categories and, for a creator, tags. */
export function TopicFields({ isCreator, ...part }: FormPart & { readonly isCreator: boolean }) {
  return (
    <Panel>
      <h2>{isCreator ? said.topicsOfCreator : said.topics}</h2>
      <CategoriesField {...part} />
      {isCreator && <TagsField {...part} />}
    </Panel>
  );
}

const maxCategories = 5;

/** Up to `maxCategories` of the fixed categories. */
function CategoriesField({ draft, errors, edit }: FormPart) {
  const count = draft.categories.length;
  return (
    <ChipsField
      legend={labels.categories}
      hint={count >= maxCategories ? said.categoriesFull(maxCategories) : said.categoriesChosen(count, maxCategories)}
      values={categories}
      nameOf={categoryName}
      chosen={draft.categories}
      most={maxCategories}
      error={errorOfList(errors, 'categories')}
      onChange={(chosen) => edit({ categories: chosen })}
    />
  );
}

const maxTagLength = 30;
const maxTags = 20;

/** Free tags. Enter or a comma adds one. */
function TagsField({ draft, errors, edit }: FormPart) {
  const [typed, setTyped] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const tags = draft.tags;
  const tooLong = charactersIn(typed) > maxTagLength;
  const add = (text: string) => {
    const next = withTags(tags, text);
    if (!tooLong && next.length <= maxTags) {
      edit({ tags: next });
      setTyped('');
    }
  };
  return (
    <div ref={list} className={listStyles.field}>
      <div className={listStyles.add}>
        <TextField
          label={labels.tags}
          hint={tags.length < maxTags ? said.tagsHint : said.tagsFull(maxTags)}
          data-no-rows
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          limit={maxTagLength}
          value={typed}
          error={tooLong ? said.tagTooLong(maxTagLength) : errorOfList(errors, 'tags')}
          onChange={(event) => {
            const text = event.target.value;
            if (/[,;]/.test(text)) {
              add(text);
            } else {
              setTyped(text);
            }
          }}
          onBlur={() => {
            if (typed.trim() !== '') {
              // On leaving the field, the text counts as entered.
              add(typed);
            }
          }}
          onKeyDown={(event: KeyboardEvent) => {
            if (isEnter(event)) {
              event.preventDefault();
              add(typed);
            }
          }}
        />
        <Button disabled={typed.trim() === '' || tooLong || tags.length >= maxTags} onClick={() => add(typed)}>
          {texts.common.add}
        </Button>
      </div>
      {tags.length > 0 && (
        <ChipList
          label={labels.tags}
          chips={tags.map((tag) => ({ value: tag, name: tag }))}
          onRemove={(tag) => edit({ tags: tags.filter((other) => other !== tag) })}
        />
      )}
    </div>
  );
}

/** The tags with those typed, which commas separate. Ignores duplicates regardless of case. */
export function withTags(tags: readonly string[], typed: string): readonly string[] {
  return typed
    .split(/[,;]/)
    .map((tag) => tag.trim().replace(/^#/, '').replace(/\s+/g, ' '))
    .filter((tag) => tag !== '')
    .reduce<readonly string[]>((all, tag) => (all.some((other) => other.toLowerCase() === tag.toLowerCase()) ? all : [...all, tag]), tags);
}
