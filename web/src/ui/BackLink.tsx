import { ArrowLeft } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from './Button';
import { ButtonLink } from './ButtonLink';

/** Back to where one came from; to a page that is named, for whoever came from outside. */
export function BackLink({ to, name }: { readonly to: string; readonly name: string }) {
  const navigate = useNavigate();
  return cameFromWithin() ? (
    <Button tone="quiet" size="small" icon={ArrowLeft} onClick={() => void navigate(-1)}>
      Back
    </Button>
  ) : (
    <ButtonLink to={to} tone="quiet" size="small" icon={ArrowLeft}>
      {name}
    </ButtonLink>
  );
}

// The router numbers its own entries of the history from 0.
function cameFromWithin(): boolean {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'idx' in state && Number(state.idx) > 0;
}
