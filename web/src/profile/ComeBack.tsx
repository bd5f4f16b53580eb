import { Welcome } from './Welcome';

/** For a member who erased themselves and signed in again: nothing of before is left, and they can start anew. */
export function ComeBack() {
  return <Welcome own={{}} erased />;
}
