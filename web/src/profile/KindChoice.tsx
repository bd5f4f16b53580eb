import { RadioChoice } from '../ui/RadioChoice';

export type Kind = 'brand' | 'creator';

const kinds: readonly { readonly value: Kind; readonly name: string; readonly words: string }[] = [
  { value: 'brand', name: 'A brand', words: 'You look for creators to work with, and invite them.' },
  { value: 'creator', name: 'A creator', words: 'You publish, and want to be found. You can invite other creators too.' },
];

/** What a member is here for. It is set once, and the words say so. */
export function KindChoice({ value, onChange }: { readonly value: Kind | undefined; readonly onChange: (kind: Kind) => void }) {
  return <RadioChoice legend="You are" options={kinds} value={value} onChange={onChange} hint="This cannot be changed later." />;
}
