import { useState } from 'react';
import type { Block } from '../api/types';
import { MemberRow } from '../members/MemberRow';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Time } from '../ui/Time';
import { useUnblock } from './useBlocks';

/** One whom the member blocks, and the way to lift that. */
export function BlockedRow({ block: { member, blockedAt } }: { readonly block: Block }) {
  const [asking, setAsking] = useState(false);
  const unblock = useUnblock();
  return (
    <MemberRow
      card={member}
      level={2}
      linked={false}
      line={
        <p>
          Blocked <Time at={blockedAt} />
        </p>
      }
      actions={
        <>
          <Button busy={unblock.isPending} aria-label={`Lift block of ${member.displayName}`} onClick={() => setAsking(true)}>
            Lift block
          </Button>
          {asking && (
            <ConfirmDialog
              title={`Lift the block of ${member.displayName}?`}
              confirm="Lift block"
              onConfirm={() => {
                setAsking(false);
                unblock.mutate(member);
              }}
              onClose={() => setAsking(false)}
            >
              <p>
                You can see, find and invite each other again. What was between you before, an invite or a connection, does not come back.
              </p>
            </ConfirmDialog>
          )}
        </>
      }
    />
  );
}
