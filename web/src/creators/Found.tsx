/** Says to those who listen to the page what a search found. */
export function Found({ count, more, old }: { readonly count: number; readonly more: boolean; readonly old: boolean }) {
  return (
    <p role="status" className="visually-hidden">
      {old ? '' : count === 0 ? 'Nobody found' : `${count} ${count === 1 ? 'creator' : 'creators'} shown${more ? ', more below' : ''}`}
    </p>
  );
}
