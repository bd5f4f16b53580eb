import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { ProblemNotice } from '@/ui/Notice';
import { Page, Panel } from '@/ui/Page';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { AddressPanel } from './AddressPanel';
import styles from './EmailPreferencesPage.module.css';
import { useChangeEmailPreferences, useEmailPreferences } from './useEmailPreferences';

const said = accountTexts.emails;

const kinds = (['inviteReceived', 'reminder', 'inviteAccepted', 'unreadMessages'] as const).map((kind) => ({ kind, ...said.kinds[kind] }));

// Newer servers may have further codes.
const remedies: Readonly<Partial<Record<string, string>>> = said.remedies;

/** The member's email preferences and address. Each choice is saved at once. */
export function EmailPreferencesPage() {
  const preferences = useEmailPreferences();
  const change = useChangeEmailPreferences();
  const { choices: notices, address, addressProblem } = preferences.data ?? {};
  const some = notices !== undefined && kinds.some(({ kind }) => notices[kind] ?? true);
  const changeAll = (wanted: boolean) => change.mutate(Object.fromEntries(Object.keys(notices ?? {}).map((kind) => [kind, wanted])));
  return (
    <Page title={texts.pages.emailPreferences} intro={said.intro}>
      {preferences.isError ? (
        <ProblemNotice error={preferences.error} retry={() => void preferences.refetch()} />
      ) : (
        <>
          {address !== undefined && <p className={styles.address}>{said.addressIs(<b>{address}</b>)}</p>}
          {notices && (address === undefined || addressProblem !== undefined) && (
            <>
              <Panel>
                <h2 className={styles.title}>{said.unreachable}</h2>
                <p>
                  <span>{remedies[addressProblem ?? ''] ?? said.remedyOther}</span> <span>{said.unreachableWhere}</span>
                </p>
              </Panel>
              <AddressPanel />
            </>
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
              <p role="status">{some ? said.some : said.none}</p>
              <Button onClick={() => changeAll(!some)}>{some ? said.stop : said.all}</Button>
            </div>
          )}
        </>
      )}
    </Page>
  );
}
