import { Button } from '@/ui/Button';
import { ProblemNotice } from '@/ui/Notice';
import { Page, Panel } from '@/ui/Page';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import styles from './EmailPreferencesPage.module.css';
import { type Notices, useChangeEmailPreferences, useEmailPreferences } from './useEmailPreferences';

const kinds: readonly { readonly kind: keyof Notices; readonly label: string; readonly description: string }[] = [
  { kind: 'inviteReceived', label: 'Somebody invites you', description: 'At once, with buttons to accept or decline right in the email.' },
  { kind: 'reminder', label: 'A reminder of an invite', description: 'Once, when an invite to you has waited for a week.' },
  { kind: 'inviteAccepted', label: 'Somebody accepts your invite', description: 'At once. From then on you can chat.' },
  {
    kind: 'unreadMessages',
    label: 'You have unread messages',
    description: 'When you have not read them for a quarter of an hour. One email until you have.',
  },
];

// How a member can fix an address that emails cannot reach, by the problem's code. Newer servers may have further codes.
const remedies: Readonly<Record<string, string>> = {
  missing: 'The account that you sign in with has no email address. Add one there, then sign out here and in again.',
  unverified: 'The email address of the account that you sign in with is not confirmed. Confirm it there, then sign out here and in again.',
  'not-deliverable':
    'Our email service cannot deliver to the address of the account that you sign in with. ' +
    'Before the @ it takes the letters a to z, digits, single dots and signs such as + and _ only. ' +
    'Use another address there, then sign out here and in again.',
};
const remedy = 'Look at the email address of the account that you sign in with. When it is right, sign out here and in again.';

/** The member's email preferences and address. Each choice is saved at once. */
export function EmailPreferencesPage() {
  const preferences = useEmailPreferences();
  const change = useChangeEmailPreferences();
  const { notices, address, addressProblem } = preferences.data ?? {};
  const some = notices !== undefined && kinds.some(({ kind }) => notices[kind] ?? true);
  const changeAll = (wanted: boolean) => change.mutate(Object.fromEntries(Object.keys(notices ?? {}).map((kind) => [kind, wanted])));
  return (
    <Page title="Email preferences" intro="Which emails you get from Connections. Each choice is saved at once.">
      {preferences.isError ? (
        <ProblemNotice error={preferences.error} retry={() => void preferences.refetch()} />
      ) : (
        <>
          {address !== undefined && (
            <p className={styles.address}>
              Emails go to <b>{address}</b>.
            </p>
          )}
          {notices && address === undefined && (
            <Panel>
              <h2 className={styles.title}>No email can reach you</h2>
              <p>
                <span>{remedies[addressProblem ?? ''] ?? remedy}</span>
                <span> Until then, what happens here waits for you on the page “Pending” and in your messages.</span>
              </p>
            </Panel>
          )}
          <Panel>
            {kinds.map(({ kind, label, description }) =>
              notices ? (
                <Switch
                  key={kind}
                  label={label}
                  description={description}
                  checked={notices[kind] ?? true}
                  onChange={(wanted) => change.mutate({ [kind]: wanted })}
                />
              ) : (
                <div key={kind} className={styles.waiting}>
                  <Skeleton width="half" />
                  <Skeleton width="long" />
                </div>
              ),
            )}
          </Panel>
          {notices && (
            <div className={styles.all}>
              <p role="status">
                {some
                  ? 'Every email also has a link that stops its kind.'
                  : 'You get no emails from Connections. What happens here waits for you on the page “Pending” and in your messages.'}
              </p>
              <Button onClick={() => changeAll(!some)}>{some ? 'Stop all emails' : 'Get all emails again'}</Button>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
