import { Eye, EyeOff } from 'lucide-react';
import type { CallersCard } from '@/api/types';
import { isolated } from '@/members/names';
import { texts } from '@/texts/texts';
import { IconButton } from '@/ui/IconButton';
import styles from './PutAwayButton.module.css';
import { usePutAway } from './usePutAway';

const said = texts.creators;

/** Puts a creator away, in the corner of their card, or takes them back. */
export function PutAwayButton({ creator }: { readonly creator: CallersCard }) {
  const putAway = usePutAway();
  const away = creator.dismissed === true;
  return (
    <IconButton
      icon={away ? Eye : EyeOff}
      label={(away ? said.takeBackOf : said.putAwayOf)(isolated(creator.displayName))}
      size="small"
      className={styles.away}
      onClick={() => putAway({ creator, away: !away })}
    />
  );
}
