import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Contact, Message } from '@/api/types';
import { useDebouncedText } from '@/ui/useDebouncedText';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { formatShort } from '@/messenger/history/times';
import { messengerTexts } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { IconButton } from '@/ui/IconButton';
import { isEnter } from '@/ui/keyboard';
import { LoadMore } from '@/ui/LoadMore';
import { ProblemNotice } from '@/ui/Notice';
import { SearchField } from '@/ui/SearchField';
import { formatDateTime, useNow } from '@/ui/Time';
import { FoundText } from './FoundText';
import styles from './MessageSearch.module.css';
import { type SearchHit, useMessageSearch } from './useMessageSearch';

const said = messengerTexts.search;

interface MessageSearchProps {
  readonly contact: Contact;
  /** Called with the message to show; undefined for none. */
  readonly onFound: (found: SearchHit | undefined) => void;
  readonly onClose: () => void;
}

/** Searches the open conversation: a field, the messages found, and the way from one to the next. */
export function MessageSearch({ contact, onFound, onClose }: MessageSearchProps) {
  const { text, search, list, found, index, jumpTo } = useMessageSearch(contact.id, onFound);
  const { text: typed, setText, flush } = useDebouncedText(text, (value) => value.trim(), search);
  const [isListShown, setListShown] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => field.current?.focus(), []);
  const count = list.isSuccess ? said.count(found.length, list.hasNextPage) : '';
  const show = (to: number) => {
    setListShown(false);
    jumpTo(to);
  };
  const go = (step: 1 | -1) => {
    const to = (index ?? (step === 1 ? -1 : found.length)) + step;
    if (found[to]) {
      show(to);
    }
  };
  const shown = index === undefined ? undefined : found[index];
  return (
    <search
      className={styles.search}
      aria-label={said.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <div className={styles.bar}>
        <SearchField
          ref={field}
          label={said.label}
          placeholder={said.example}
          maxLength={maxText}
          value={typed}
          onChange={(event) => {
            setText(event.target.value);
            setListShown(true);
          }}
          onKeyDown={(event) => {
            if (isEnter(event)) {
              event.preventDefault();
              flush();
              // What is listed may still be for other words.
              if (typed.trim() === text) {
                go(event.shiftKey ? -1 : 1);
              }
            }
          }}
        />
        {found.length > 0 && (
          <div className={styles.steps}>
            <button
              ref={place}
              type="button"
              className={styles.count}
              aria-expanded={isListShown}
              onClick={() => setListShown(!isListShown)}
            >
              {index === undefined ? count : said.place(index + 1, found.length, list.hasNextPage)}
            </button>
            <IconButton
              label={said.earlier}
              icon={ChevronUp}
              aria-disabled={index === found.length - 1 || undefined}
              onClick={() => go(1)}
            />
            <IconButton
              label={said.later}
              icon={ChevronDown}
              aria-disabled={index === undefined || index === 0 || undefined}
              onClick={() => index !== undefined && go(-1)}
            />
          </div>
        )}
        <IconButton label={said.close} icon={X} onClick={onClose} />
      </div>
      <p role="status" className="visually-hidden">
        {shown && index !== undefined ? said.shown(index + 1, found.length, shown.text) : text === '' || list.isFetching ? '' : count}
      </p>
      {text !== '' && isListShown && (
        <div className={styles.list}>
          {list.isError && !list.data ? (
            <ProblemNotice error={list.error} retry={() => void list.refetch()} />
          ) : list.isPending ? (
            <p className={styles.words}>{texts.ui.loading}</p>
          ) : (
            <>
              {found.length === 0 && !list.hasNextPage && <p className={styles.words}>{said.none}</p>}
              <ol>
                {found.map((message, i) => (
                  <FoundMessage
                    key={message.seq}
                    message={message}
                    contact={contact}
                    text={text}
                    isShown={i === index}
                    onShow={() => {
                      show(i);
                      // The list closes, and with it goes the button that has the focus.
                      place.current?.focus();
                    }}
                  />
                ))}
              </ol>
              <LoadMore list={list} label={said.more} />
            </>
          )}
        </div>
      )}
    </search>
  );
}

// The longest text of a search, in the contract.
const maxText = 100;

interface FoundMessageProps {
  readonly message: Message;
  readonly contact: Contact;
  readonly text: string;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

/** A message in the list of those found: who wrote it, when, and its words around the first one found. */
function FoundMessage({ message, contact, text, isShown, onShow }: FoundMessageProps) {
  const { id: me } = useMe();
  const now = useNow();
  return (
    <li>
      <button type="button" className={styles.found} data-found={message.seq} aria-current={isShown || undefined} onClick={onShow}>
        <span className={styles.line}>
          <span className={styles.from}>{message.from === me ? texts.common.you : isolated(contact.other.displayName)}</span>
          <time dateTime={message.sentAt} title={formatDateTime(message.sentAt)}>
            {formatShort(message.sentAt, now)}
          </time>
        </span>
        <span className={styles.text} dir="auto">
          <FoundText text={message.text} search={text} isShort />
        </span>
      </button>
    </li>
  );
}
