import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { MemberRow, RowList } from '@/members/MemberRow';
import { isolated } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { ProblemNotice } from '@/ui/Notice';
import { Section } from '@/ui/Page';
import { usePutAway } from './usePutAway';

const said = creatorsTexts;

/** The creators whom the member has put away: the only list that still shows them. Nothing while there are none. */
export function PutAwayList() {
  const putAway = usePutAway();
  const away = usePutAwayCreators();
  const list = useRowFocus<HTMLDivElement>();
  const cards = rows(away.data);
  return (
    <div ref={list}>
      {(cards.length > 0 || away.hasNextPage || away.isError) && (
        <Section title={said.away} intro={said.awayIntro}>
          {away.isError && !away.data && <ProblemNotice error={away.error} retry={() => void away.refetch()} />}
          <RowList label={said.away}>
            {cards.map((card) => (
              <li key={card.id} data-row>
                <MemberRow
                  card={card}
                  level={3}
                  actions={
                    <Button
                      aria-label={texts.creators.takeBackOf(isolated(card.displayName))}
                      onClick={() => putAway({ creator: card, away: false })}
                    >
                      {said.takeBack}
                    </Button>
                  }
                />
              </li>
            ))}
          </RowList>
          <LoadMore list={away} label={said.awayMore} />
        </Section>
      )}
    </div>
  );
}

/** The creators whom the member has put away, the latest first. */
function usePutAwayCreators() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.dismissed,
    ...paged<CallersCard>(api, async (signal) => body(await api.calls.GET('/api/dismissed', { signal }))),
  });
}
