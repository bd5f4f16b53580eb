/** The mark: two linked rings. Everything that shows it has its drawing from `public/favicon.svg`. */
export function Logo({ size }: { readonly size: number }) {
  return <img src="/favicon.svg" alt="" width={size} height={size} />;
}
