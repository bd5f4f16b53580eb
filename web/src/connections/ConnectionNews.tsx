import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { useLiveEvent } from '../live/live';
import { useToasts } from '../ui/toasts';
import { newsOf } from './news';

/** Says it, wherever on the page one is, when somebody accepts an invite or sends one. */
export function ConnectionNews() {
  const toasts = useToasts();
  const navigate = useNavigate();
  // An event can come twice.
  const told = useRef(new Set<string>());
  useLiveEvent((event) => {
    const news = event.type === 'connection.changed' ? newsOf(event.contact, Date.now()) : undefined;
    if (news && !told.current.has(news.id)) {
      told.current.add(news.id);
      toasts.done(news.title, undefined, { label: news.action, run: () => void navigate(news.to) });
    }
  });
  return null;
}
