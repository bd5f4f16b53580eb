import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { ProblemNotice } from '@/ui/Notice';
import { Page, Panel } from '@/ui/Page';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { useChangePrivacy, usePrivacy } from './usePrivacy';

const said = accountTexts.privacy;
const choices = (['readMarks', 'online'] as const).map((name) => ({ name, ...said[name] }));

/** What the member's contacts see of them in the messenger. Each choice is saved at once. */
export function PrivacyPage() {
  const own = usePrivacy();
  const change = useChangePrivacy();
  return (
    <Page title={texts.pages.privacy} intro={said.intro}>
      {own.isError ? (
        <ProblemNotice error={own.error} retry={() => void own.refetch()} />
      ) : (
        <Panel>
          {choices.map(({ name, label, description }) =>
            own.data ? (
              <Switch
                key={name}
                label={label}
                description={description}
                checked={own.data.choices[name]}
                onChange={(shown) => change.mutate({ [name]: shown })}
              />
            ) : (
              <div key={name}>
                <Skeleton width="half" />
                <Skeleton width="long" />
              </div>
            ),
          )}
        </Panel>
      )}
    </Page>
  );
}
