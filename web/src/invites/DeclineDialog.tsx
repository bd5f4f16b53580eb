import { type SubmitEvent, useRef, useState } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Decline } from '@/api/types';
import { type ConnectionTarget, useDecline } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { invitesTexts } from '@/texts/invites';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { SelectField, TextField } from '@/ui/Field';
import { isDayToAskAgain, lastDayToAskAgain, firstDayToAskAgain } from './declining';

const said = invitesTexts;

type Reason = Decline['reason'];

const reasons = (Object.keys(said.declineReasons) as Reason[]).map((value) => ({ value, ...said.declineReasons[value] }));

/** Asks before an invite is declined. A reason is offered, and none is needed. */
export function DeclineDialog({ invite, onClose }: { readonly invite: ConnectionTarget; readonly onClose: () => void }) {
  const decline = useDecline();
  const [choice, setChoice] = useState<Reason | ''>('');
  const [day, setDay] = useState('');
  const [missed, setMissed] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const [now] = useState(serverNow);
  const wrong = choice === 'not-now' && day !== '' && !isDayToAskAgain(day, now);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (wrong) {
      setMissed(true);
      field.current?.focus();
      return;
    }

    const why = choice === '' ? undefined : { reason: choice, ...(choice === 'not-now' && day !== '' && { until: day }) };
    decline.mutate({ ...invite, why });
    onClose();
  };
  return (
    <Dialog title={said.declineAsk(isolated(invite.other.displayName))} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <p>{said.declineMeans}</p>
        <SelectField
          label={said.declineWhy}
          hint={choice === '' ? said.declineSilent : said.declineReasons[choice].meaning}
          none={said.declineNoReason}
          options={reasons}
          value={choice}
          onChange={(event) => setChoice(event.target.value as Reason | '')}
        />
        {choice === 'not-now' && (
          <TextField
            ref={field}
            type="date"
            label={said.declineUntil}
            hint={said.declineUntilHint}
            min={firstDayToAskAgain(now)}
            max={lastDayToAskAgain(now)}
            value={day}
            error={missed && wrong ? said.declineUntilWrong : undefined}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
        <DialogActions>
          <Button data-first onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" tone="main">
            {said.decline}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
