import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { Panel } from '../ui/Panel';
import { EraseDialog } from './EraseDialog';
import styles from './YourDataPage.module.css';

/** The way to be forgotten, with all that it takes away. */
export function ErasePanel() {
  const [asking, setAsking] = useState(false);
  return (
    <Panel>
      <h2>Erase yourself</h2>
      <p>Your profile goes at once: nobody finds you, and no email comes to you. The rest follows within minutes:</p>
      <ul className={styles.list}>
        <li>your invites, those that you sent and those that you got, end;</li>
        <li>
          your connections end, and what you wrote in them is erased: neither you nor the others can read those conversations any more, also
          if you meet again;
        </li>
        <li>your favourites, your email preferences and your blocks are forgotten;</li>
        <li>where others still see that you were there, they see “Former member”.</li>
      </ul>
      <p>
        What stays: what others wrote to you, with those who wrote it; with our support, that you reported somebody or were reported,
        without your name and your words; and a block of you by somebody else.
      </p>
      <p>It cannot be undone, and nothing of it comes back. You can sign in again later, as somebody new.</p>
      <div className={styles.actions}>
        <Button icon={Trash2} onClick={() => setAsking(true)}>
          Erase yourself…
        </Button>
      </div>
      {asking && <EraseDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}
